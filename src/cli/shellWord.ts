/**
 * A word as it is typed in a shell, so that a command in a message can be pasted: quoted where it must be.
 *
 *     shellWord("ada's runs/ring")  // 'ada'\''s runs/ring'
 */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

/**
 * Quotes a word for a shell, if needed, so that commands in messages can be pasted.
 *
 *     shellWord("ada's runs/ring")  // 'ada'\''s runs/ring'
 */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

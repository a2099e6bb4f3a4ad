import { shellWord } from '../data/shellWord.ts'

/** A command as it is typed next, by the name that this program was called by: `saddle train --resume --out runs/ring`. */
export const commandLine = (...words: readonly string[]): string => {
  const script = process.env.npm_lifecycle_event
  if (script === 'start' && words[0] === 'train') return line('npm start --', words.slice(1))
  return line(script === 'saddle' ? 'npm run saddle --' : 'saddle', words)
}

const line = (program: string, words: readonly string[]): string => [program, ...words.map(shellWord)].join(' ')

import { self } from './self.ts'
import { shellWord } from './shellWord.ts'

/** A command to type next, starting as the user called this program: `saddle train --resume --out runs/ring`. */
export const commandLine = (...words: readonly string[]): string => {
  if (process.env.npm_lifecycle_event === 'start' && words[0] === 'train') return line('npm start --', words.slice(1))
  return line(self(), words)
}

const line = (program: string, words: readonly string[]): string => [program, ...words.map(shellWord)].join(' ')

import { asTyped } from './self.ts'

/** How a command ended. */
export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Errors are for people: the stack is shown only where it is asked for. */
export const debugging = (): boolean => (process.env.SADDLE_DEBUG ?? '') !== ''

export const wrongUsage = (message: string): ExitCode => {
  process.stderr.write(`error: ${asTyped(message)}\n`)
  return exitCodes.usage
}

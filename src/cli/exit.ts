import { asTyped } from './self.ts'

/** The exit codes. */
export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Whether to show stacks with errors. */
export const debugging = (): boolean => (process.env.SADDLE_DEBUG ?? '') !== ''

export const wrongUsage = (message: string): ExitCode => {
  process.stderr.write(`error: ${asTyped(message)}\n`)
  return exitCodes.usage
}

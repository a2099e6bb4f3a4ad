#!/usr/bin/env node
import { CommanderError } from 'commander'
import { askedFor } from './commands.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { watchOutput } from './output.ts'
import { createProgram } from './program.ts'

const main = async (): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.done
  const asked = askedFor(process.argv.slice(2))
  const program = await createProgram(asked === undefined ? [] : [asked], (found) => {
    code = found
  })
  try {
    await program.parseAsync()
  } catch (cause) {
    code = await codeOf(cause)
  }
  return code
}

/** Commander has printed the error or the help already. */
const codeOf = async (cause: unknown): Promise<ExitCode> => {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitCodes.done : exitCodes.usage
  // Loaded late, because most commands do not need it.
  const { fault } = await import('./failure.ts')
  return fault(cause, process.argv.includes('--json'))
}

watchOutput()
process.exitCode = await main()

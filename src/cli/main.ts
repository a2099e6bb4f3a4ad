#!/usr/bin/env node
import { CommanderError } from 'commander'
import { errorCode } from '../data/errorCode.ts'
import { askedFor } from './commands.ts'
import { debugging, type ExitCode, exitCodes } from './exit.ts'
import { createProgram } from './program.ts'

const main = async (): Promise<void> => {
  let code: ExitCode = exitCodes.done
  const asked = askedFor(process.argv.slice(2))
  const program = await createProgram(asked === undefined ? [] : [asked], (found) => {
    code = found
  })
  try {
    await program.parseAsync()
  } catch (cause) {
    code = codeOf(cause)
  }
  process.exitCode = code
}

/** Commander has said what was wrong, or shown what was asked for. Anything else is a fault of ours. */
const codeOf = (cause: unknown): ExitCode => {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitCodes.done : exitCodes.usage
  const shown = cause instanceof Error ? ((debugging() ? cause.stack : undefined) ?? cause.message) : String(cause)
  process.stderr.write(`error: ${shown}\n  This is a fault of saddlepoint; SADDLE_DEBUG=1 shows where.\n`)
  return exitCodes.failed
}

// Whoever reads may have had enough: `saddle inspect ring.ts | head`.
process.stdout.on('error', (cause) => {
  if (errorCode(cause) !== 'EPIPE') throw cause
  process.exit(exitCodes.done)
})

await main()

#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { errorCode } from '../data/errorCode.ts'
import { version } from '../training/files/version.ts'
import { addBackends } from './backends.ts'
import { addCompare } from './compare.ts'
import { debugging, type ExitCode, exitCodes } from './exit.ts'
import { addInit } from './init.ts'
import { addInspect } from './inspect.ts'
import { addReproduce } from './reproduce.ts'
import { addSample } from './sample.ts'
import { addServe } from './serve.ts'
import { addTrace } from './trace.ts'
import { addTrain } from './train.ts'

const help = `
Every command has --help. SADDLE_DEBUG=1 shows where an error comes from.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
`

const createProgram = (onExit: (code: ExitCode) => void): Command => {
  const program = new Command('saddle')
    .description('Generative adversarial networks: declare the game, check its theory, train it.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(--help says more)')
    .addHelpText('after', help)
  for (const add of [
    addTrain,
    addSample,
    addInspect,
    addTrace,
    addBackends,
    addCompare,
    addReproduce,
    addInit,
    addServe,
  ])
    add(program, onExit)
  return program
}

const main = async (): Promise<void> => {
  let code: ExitCode = exitCodes.done
  const program = createProgram((found) => {
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

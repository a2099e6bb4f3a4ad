#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { version } from '../training/files/version.ts'
import { addBackends } from './backends.ts'
import { addCompare } from './compare.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { fault } from './failure.ts'
import { adviceFor } from './foreignOptions.ts'
import { addInit } from './init.ts'
import { addInspect } from './inspect.ts'
import { watchOutput } from './output.ts'
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
    .configureOutput({ outputError: (text, write) => write(advised(text)) })
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

/** What commander says of a wrong line, with what to type where an option is known from other programs. */
const advised = (text: string): string => {
  const flag = /unknown option '(.*?)'/.exec(text)?.[1]
  return `${text}${(flag === undefined ? undefined : adviceFor(flag, process.argv.slice(2))) ?? ''}`
}

const main = async (): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.done
  const program = createProgram((found) => {
    code = found
  })
  try {
    await program.parseAsync()
  } catch (cause) {
    code = codeOf(cause)
  }
  return code
}

/** Commander has said what was wrong, or shown what was asked for. */
const codeOf = (cause: unknown): ExitCode => {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitCodes.done : exitCodes.usage
  return fault(cause, process.argv.includes('--json'))
}

watchOutput()
process.exitCode = await main()

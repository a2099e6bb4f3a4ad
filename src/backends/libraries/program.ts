import { spawn } from 'node:child_process'
import * as E from '#fp-ts/Either'
import type { TaskEither } from '#fp-ts/TaskEither'
import { type ProgramFailed, programFailed } from '../../errors/programFailed.ts'
import { childEnvironment } from '../process/childEnvironment.ts'

interface Surroundings {
  /** Where it runs: a folder of ours, since many programs load what they find in the present one. */
  readonly cwd: string
  /** What is added to the environment. */
  readonly env?: NodeJS.ProcessEnv
  /** Ends the program. */
  readonly signal?: AbortSignal
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join('\n')

/** Runs a program to its end: right where it succeeds, left with the last of what it said where it doesn't. */
export const runProgram =
  (command: string, args: readonly string[], { cwd, env, signal }: Surroundings): TaskEither<ProgramFailed, void> =>
  () =>
    new Promise((resolve) => {
      const child = spawn(command, args, {
        cwd,
        env: childEnvironment({ ...process.env, ...env }),
        signal,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let said = ''
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
      child.on('error', (cause) => {
        said += cause.message
      })
      // After an error that kept it from starting, too.
      child.on('close', (code) =>
        resolve(code === 0 && signal?.aborted !== true ? E.right(undefined) : E.left(programFailed(lastLines(said)))),
      )
    })

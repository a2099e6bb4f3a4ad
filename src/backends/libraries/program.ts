import { spawn } from 'node:child_process'
import * as E from '#fp-ts/Either'
import type { TaskEither } from '#fp-ts/TaskEither'
import { type ProgramFailed, programFailed } from '../../errors/programFailed.ts'
import { childEnvironment } from '../process/childEnvironment.ts'

interface Surroundings {
  /** The working folder: one of ours, because many programs load files from the current one. */
  readonly cwd: string
  /** Additional environment variables. */
  readonly env?: NodeJS.ProcessEnv
  /** Aborting it ends the program. */
  readonly signal?: AbortSignal
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join('\n')

/** Runs a program to its end. Left with the end of its output if it fails. */
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
      // Also called after an error that prevented the start.
      child.on('close', (code) =>
        resolve(code === 0 && signal?.aborted !== true ? E.right(undefined) : E.left(programFailed(lastLines(said)))),
      )
    })

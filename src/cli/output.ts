import { errorCode } from '../io/errorCode.ts'
import { explain } from '../io/fileError.ts'
import { exitCodes } from './exit.ts'

/**
 * Keeps a command running when stdout or stderr fails, so that it can still save its work. EPIPE on stdout is fine: the reader has seen
 * enough, as in `saddle --help | head`. Any other error of stdout is reported on stderr, and the command fails at its end.
 */
export const watchOutput = (): void => {
  const { stdout, stderr } = process
  const lost = { stdout: new Set<unknown>(), stderr: new Set<unknown>() }
  stderr.on('error', (cause) => lost.stderr.add(errorCode(cause)))
  stdout.on('error', (cause) => {
    const code = errorCode(cause)
    if (code !== 'EPIPE' && !lost.stdout.has(code)) stderr.write(incomplete(cause))
    lost.stdout.add(code)
  })
  // The last write may fail after the command is done.
  process.on('exit', (code) => {
    const isGone = (lost.stdout.has('EIO') && stdout.isTTY) || (lost.stderr.has('EIO') && stderr.isTTY)
    // Node crashes when it restores the settings of a closed terminal. End with a signal before that.
    if (isGone) process.kill(process.pid, 'SIGHUP')
    const isIncomplete = [...lost.stdout].some((each) => each !== 'EPIPE')
    if (code === exitCodes.done && isIncomplete) process.exitCode = exitCodes.failed
  })
}

const incomplete = (cause: unknown): string =>
  `error: stdout: ${explain('stdout')(cause).message}\n  The output is incomplete.\n`

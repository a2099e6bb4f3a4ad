import { errorCode } from '../io/errorCode.ts'
import { explain } from '../io/fileError.ts'
import { exitCodes } from './exit.ts'

/**
 * Keeps a command at work when stdout or stderr fails, so that it still saves what it made. A reader of stdout that went away
 * has had enough (EPIPE, as in `saddle --help | head`); any other error of stdout is told on stderr, and fails the
 * command at its end.
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
  // The last words fail only once they are written.
  process.on('exit', (code) => {
    const isGone = (lost.stdout.has('EIO') && stdout.isTTY) || (lost.stderr.has('EIO') && stderr.isTTY)
    // Node crashes when it restores the settings of a terminal that was closed; a signal ends it before.
    if (isGone) process.kill(process.pid, 'SIGHUP')
    const isIncomplete = [...lost.stdout].some((each) => each !== 'EPIPE')
    if (code === exitCodes.done && isIncomplete) process.exitCode = exitCodes.failed
  })
}

const incomplete = (cause: unknown): string =>
  `error: stdout: ${explain('stdout')(cause).message}\n  What was printed is not complete.\n`

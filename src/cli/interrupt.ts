import { exitCodes } from './exit.ts'

/** The signals of Ctrl-C, of a supervisor, and of a closed terminal. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Handles signals only while there is work to save. At other times they end the process at once, because a handler would have to
 * wait for the running computation.
 */
export interface Interruption {
  /** Aborts at the first signal. A second one quits at once. */
  readonly signal: AbortSignal
  /** Call it when there is work to save. */
  readonly listen: () => void
  /** Call it when all work is saved. */
  readonly release: () => void
}

/** Runs a task that saves and stops when a signal arrives. */
export const interruptible = async <A>(
  body: (interruption: Interruption) => Promise<A>,
  onFirst: () => void,
): Promise<A> => {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted)
    controller.abort()
    onFirst()
  }
  const release = (): void => {
    for (const signal of signals) process.off(signal, interrupt)
  }
  const listen = (): void => {
    release()
    for (const signal of signals) process.on(signal, interrupt)
  }
  try {
    return await body({ signal: controller.signal, listen, release })
  } finally {
    release()
  }
}

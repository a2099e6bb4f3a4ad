import { exitCodes } from './exit.ts'

/** Ctrl-C, what a supervisor sends, and a terminal that is closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * When signals are heard: only while there is work to save. At all other times they end the process at once, whatever it is
 * computing, since a handler would have to wait until that is done.
 */
export interface Interruption {
  /** Aborts with the first signal that is heard; a second one quits at once. */
  readonly signal: AbortSignal
  /** From here on there is work to save. */
  readonly listen: () => void
  /** All work is saved. */
  readonly release: () => void
}

/** Runs something that a signal asks to save and stop. */
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

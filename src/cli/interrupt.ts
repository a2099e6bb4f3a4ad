import { exitCodes } from './exit.ts'

/** Ctrl-C, and what a supervisor sends. */
const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs something that the first signal asks to stop; the second one quits at once. So does the first until `listen` is
 * called: before that there is nothing to save, and what is being compiled would keep a handler waiting.
 */
export const interruptible = async <A>(
  body: (signal: AbortSignal, listen: () => void) => Promise<A>,
  onFirst: () => void,
): Promise<A> => {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted)
    controller.abort()
    onFirst()
  }
  const listen = (): void => {
    for (const signal of signals) process.on(signal, interrupt)
  }
  try {
    return await body(controller.signal, listen)
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}

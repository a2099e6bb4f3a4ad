import { exitCodes } from './exit.ts'

/** Ctrl-C, and what a supervisor sends. */
const signals = ['SIGINT', 'SIGTERM'] as const

/** Runs something that the first signal asks to stop; the second one quits at once. */
export const interruptible = async <A>(body: (signal: AbortSignal) => Promise<A>, onFirst: () => void): Promise<A> => {
  const controller = new AbortController()
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted)
    controller.abort()
    onFirst()
  }
  for (const signal of signals) process.on(signal, interrupt)
  try {
    return await body(controller.signal)
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}

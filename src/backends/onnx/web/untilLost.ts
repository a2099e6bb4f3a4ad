import { afterMoment } from '../../core/afterMoment.ts'
import type { Runtime } from '../runtime.ts'

/** Fails a pending operation when its device is lost, because it might never settle otherwise. */
export const untilLost = (runtime: Runtime, lost: Promise<GPUDeviceLostInfo>): Runtime => {
  const failure = lost.then(({ message }): never => {
    throw new Error(`the GPU was lost: ${message}`)
  })
  // Avoids an unhandled rejection if the device is lost while idle.
  failure.catch(() => {})
  const orLost = <A>(work: Promise<A>): Promise<A> => Promise.race([afterMoment(() => work), failure])
  return {
    ...runtime,
    open: async (model) => {
      const session = await orLost(runtime.open(model))
      return { run: (inputs) => orLost(session.run(inputs)), release: () => session.release() }
    },
    read: (tensors) => orLost(runtime.read(tensors)),
  }
}

import { afterMoment } from '../../core/afterMoment.ts'
import type { Runtime } from '../runtime.ts'

/** What a device is asked may never end once it is lost: here it ends with the reason. */
export const untilLost = (runtime: Runtime, lost: Promise<GPUDeviceLostInfo>): Runtime => {
  const failure = lost.then(({ message }): never => {
    throw new Error(`the GPU was lost: ${message}`)
  })
  // A device may be lost when nobody asks anything.
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

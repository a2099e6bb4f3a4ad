import { games, isWorkload } from '../games.ts'
import { open } from '../open.ts'
import { contend } from '../protocol.ts'

/** Saddlepoint on one of its backends. */

/** Only tfjs counts kernels; it is not loaded for others. */
const counting = async (backend: string, play: () => Promise<number>): Promise<number | undefined> => {
  if (!backend.startsWith('tfjs')) return undefined
  const { countKernels } = await import('../kernels.ts')
  const count = countKernels()
  const steps = await play()
  return count() / steps
}

await contend(async (workload, threads, [backend = 'onnx']) => {
  if (!isWorkload(workload)) return { cannot: `there is no workload ${workload}` }
  const { prepared, play } = await open(games[workload](), threads, backend)
  await play()
  const { name, version, device } = prepared.backend.info
  const kernels = await counting(backend, play)
  return {
    version: `${name.startsWith('onnx') ? 'onnxruntime' : name.startsWith('tfjs') ? 'tfjs' : 'Saddlepoint'} ${version}, Node ${process.version}`,
    device,
    ...(kernels !== undefined && { kernels }),
    play,
  }
})

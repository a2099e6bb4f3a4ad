import { games, isWorkload } from '../games.ts'
import { open } from '../open.ts'
import { contend } from '../protocol.ts'

/** Saddlepoint on onnxruntime. */

await contend(async (workload, threads) => {
  if (!isWorkload(workload)) return { cannot: `there is no workload ${workload}` }
  const { prepared, play } = await open(games[workload](), threads)
  await play()
  return { version: `onnxruntime ${prepared.backend.info.version}, Node ${process.version}`, play }
})

import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import ring from '../../examples/ring.ts'
import { rolesOf } from '../../src/compile/roles.ts'
import { sourceKind } from '../../src/dsl/sources/table.ts'
import { askSamples } from '../../src/measure/ask.ts'
import { coverage, type Modes } from '../../src/measure/metrics/modes.ts'
import { train } from '../../src/run/train.ts'
import { right, rightOf } from '../data/files.ts'

/** Trains the ring example with another seed, on the default backend, and looks where 10,000 of its samples lie. */
export const ringCoverage = async (seed: number): Promise<Modes> => {
  const trained = await rightOf(train({ ...ring, seed }, { threads: 1 }))
  const { generated, real } = right(rolesOf(trained.compiled))
  const data = ring.sources[real.source]
  const components = data === undefined ? undefined : sourceKind.definitionOf(data).components?.(data)
  const samples = pipe(
    trained.backend.store(trained.state),
    TE.flatMap((store) =>
      askSamples(
        { elaborated: trained.compiled, store, drawSource: trained.drawSource },
        { generated },
        { count: 10_000, batch: 256 },
      ),
    ),
  )
  const { generated: points = new Float32Array(0) } = await rightOf(samples)
  return coverage(components ?? [], points)
}

import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError, Executable, HostTensors, Store } from '../backends/backend.ts'
import type { NodeId, Program } from '../ir/program.ts'
import { deviationOf, tolerance } from './deviation.ts'
import type { ReferenceStep } from './reference.ts'

/** How far a tensor is off, by its largest number. */
export interface Off {
  readonly tensor: string
  readonly relative: number
}

/** A backend that takes one step at a time. */
export interface Stepper {
  readonly store: Store
  readonly executable: Executable
}

/** What comes of a step: costs and the state that it writes. */
interface End {
  readonly tensor: string
  readonly id: NodeId
  readonly found: ArrayLike<number>
  readonly exact: ArrayLike<number>
}

/** Takes a step from the reference's state, and measures what comes of it. */
export const singleStep = (
  { store, executable }: Stepper,
  program: Program,
  reference: ReferenceStep,
): TE.TaskEither<BackendError, Off> => {
  const { step, state, draws } = reference.moment
  return pipe(
    store.write(state),
    TE.flatMap(() => executable.run({ first: step, count: 1, draws })),
    TE.bindTo('costs'),
    TE.bind('after', () => store.read()),
    TE.map(({ costs, after }) => worst(reference, endsOf(program, reference, costs, after))),
  )
}

const endsOf = (
  { metrics, writes }: Program,
  { result }: ReferenceStep,
  costs: { readonly [player: string]: Float32Array },
  after: HostTensors,
): readonly End[] => [
  ...Object.entries(metrics).map(([player, id]) => ({
    tensor: `the cost of ${player}`,
    id,
    found: costs[player] ?? [],
    exact: result.metrics[player] ?? [],
  })),
  ...Object.entries(writes).map(([tensor, id]) => ({
    tensor,
    id,
    found: after[tensor]?.values ?? [],
    exact: result.state[tensor] ?? [],
  })),
]

/** What is far off is measured again, by what rounding alone does to it. */
const worst = (reference: ReferenceStep, ends: readonly End[]): Off =>
  ends
    .map(({ tensor, id, found, exact }) => {
      const { relative } = deviationOf(found, exact)
      const explained =
        relative > tolerance ? deviationOf(found, exact, reference.exact().noise[id]).relative : relative
      return { tensor, relative: explained }
    })
    .reduce((most, off) => (off.relative > most.relative ? off : most), { tensor: '', relative: 0 })

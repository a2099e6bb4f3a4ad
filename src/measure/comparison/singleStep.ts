import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Store } from '../../backends/core/backend.ts'
import type { BackendError } from '../../errors/backendError.ts'
import type { Floats, HostTensors } from '../../ir/hostTensor.ts'
import { at, present } from '../../ir/present.ts'
import type { NodeId } from '../../ir/program.ts'
import type { Executables } from '../../run/executables.ts'
import { deviationOf, type Expected, tolerance } from './deviation.ts'
import type { ReferenceStep } from './reference.ts'
import { fewTrials, manyTrials } from './rounding.ts'

/** How far a tensor is off: a cost by its size, a tensor of the state by its largest move. */
export interface Off {
  readonly tensor: string
  readonly relative: number
}

/** A backend that takes one step at a time. */
export interface Stepper {
  readonly store: Store
  readonly executables: Executables
}

/** What comes of a step: costs and the state that it writes. */
interface End {
  readonly tensor: string
  readonly id: NodeId
  readonly found: ArrayLike<number>
  readonly expected: Expected
}

/** Takes a step from the reference's state, and measures what comes of it. */
export const singleStep = (
  { store, executables }: Stepper,
  reference: ReferenceStep,
): TE.TaskEither<BackendError, Off> => {
  const { step, state, draws } = reference.moment
  return pipe(
    store.write(state),
    TE.flatMap(() => executables.of(reference.program)),
    TE.flatMap((executable) => executable.run({ first: step, count: 1, draws })),
    TE.bindTo('costs'),
    TE.bind('after', () => store.read()),
    TE.map(({ costs, after }) => worst(reference, endsOf(reference, costs, after))),
  )
}

const endsOf = (
  { program: { metrics, writes }, result, moment }: ReferenceStep,
  costs: { readonly [player: string]: Floats },
  after: HostTensors,
): readonly End[] => [
  ...Object.entries(metrics).map(([player, id]) => ({
    tensor: `the cost of ${player}`,
    id,
    found: present(costs[player], player),
    expected: { exact: present(result.metrics[player], player) },
  })),
  ...Object.entries(writes).map(([tensor, id]) => ({
    tensor,
    id,
    found: present(after[tensor], tensor).values,
    expected: { exact: present(result.state[tensor], tensor), before: present(moment.state[tensor], tensor).values },
  })),
]

const worst = (reference: ReferenceStep, ends: readonly End[]): Off =>
  ends
    .map((end) => ({ tensor: end.tensor, relative: offOf(reference, end) }))
    .reduce((most, off) => (off.relative > most.relative ? off : most), { tensor: '', relative: 0 })

/** What is far off is measured again, by what rounding alone does to it: first by a few trials, which are cheap. */
const offOf = (reference: ReferenceStep, { id, found, expected }: End): number => {
  const plain = deviationOf(found, expected).relative
  return [fewTrials, manyTrials].reduce((relative, trials) => {
    if (relative <= tolerance) return relative
    return deviationOf(found, { ...expected, noise: at(reference.exact(trials).noise, id) }).relative
  }, plain)
}

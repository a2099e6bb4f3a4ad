import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, Store } from '../../backends/core/backend.ts'
import { using } from '../../backends/core/using.ts'
import type { BackendError } from '../../errors/backendError.ts'
import type { Floats } from '../../ir/hostTensor.ts'
import { evaluateNode } from '../../ir/ops/table.ts'
import { showOrigin } from '../../ir/origin.ts'
import { at, present } from '../../ir/present.ts'
import type { NodeId, Op, Program, Shape } from '../../ir/program.ts'
import { frontier, isLeaf, nameOf, reporting } from './cut.ts'
import { type Deviation, deviationOf, type Expected, tolerance } from './deviation.ts'
import { feedOf, type Moment } from './moment.ts'
import { evaluateExactly, manyTrials, noiseOf } from './rounding.ts'

/**
 * Why a value differs: its op computes it wrongly from right inputs; it does so only where its inputs are not looked at, as
 * in a kernel that does several ops at once; or it is right for its inputs, whose rounding it makes larger.
 */
export type Fault = 'wrong' | 'wrong among others' | 'rounding'

/** The first value of a step that differs from the reference's. */
export interface Difference {
  readonly fault: Fault
  readonly op: Op
  /** What in the spec it belongs to. */
  readonly origin: string
  readonly inputs: readonly Shape[]
  readonly shape: Shape
  readonly relative: number
  /** The element that is furthest off, row-major. */
  readonly index: number
  readonly found: number
  readonly expected: number
}

type Looked = ReadonlyMap<NodeId, Floats>

/** Runs the part of a step that some nodes need, and gives their values. */
type Look = (ids: readonly NodeId[]) => Promise<E.Either<BackendError, Looked>>

/**
 * Finds where a backend's step first differs, by cutting the program in halves and looking at what crosses the cut.
 * `undefined` where the step's results do not differ, looked at in this way; left where the backend fails on a part.
 */
export const firstDifference = (
  backend: Backend,
  program: Program,
  moment: Moment,
): TE.TaskEither<BackendError, Difference | undefined> =>
  using(backend.store(moment.state), (store) => () => search(program, moment, lookAt(store, program, moment)))

const lookAt =
  (store: Store, program: Program, { step, draws }: Moment): Look =>
  (ids) => {
    const part = reporting(program, ids)
    const needed = Object.fromEntries(Object.entries(draws).filter(([name]) => Object.hasOwn(part.draws, name)))
    return pipe(
      using(store.compile(part), (executable) => executable.run({ first: step, count: 1, draws: needed })),
      TE.map((metrics) => new Map(ids.map((id) => [id, present(metrics[nameOf(id)], nameOf(id))]))),
    )()
  }

/** Values that cross a cut, and the first of them that differs. */
interface Sighting {
  readonly last: number
  readonly id: NodeId
  readonly looked: Looked
}

const search = async (
  program: Program,
  moment: Moment,
  look: Look,
): Promise<E.Either<BackendError, Difference | undefined>> => {
  const expected = expectedBy(program, moment)
  const sighting = async (last: number): Promise<E.Either<BackendError, Sighting | undefined>> => {
    const crossing = frontier(program, last as NodeId)
    const looked: E.Either<BackendError, Looked> = crossing.length === 0 ? E.right(new Map()) : await look(crossing)
    if (E.isLeft(looked)) return looked
    const id = crossing.find((each) => deviationAt(expected, looked.right, each).relative > tolerance)
    return E.right(id === undefined ? undefined : { last, id, looked: looked.right })
  }

  const end = await sighting(program.nodes.length - 1)
  if (E.isLeft(end)) return end
  if (end.right === undefined) return E.right(undefined)
  let right = -1
  let wrong = end.right
  while (wrong.last - right > 1) {
    const middle = Math.floor((right + wrong.last) / 2)
    const seen = await sighting(middle)
    if (E.isLeft(seen)) return seen
    if (seen.right === undefined) right = middle
    else wrong = seen.right
  }
  return differenceAt(program, expected, wrong, look)
}

/** What each node should be. What becomes of the state is measured by how far it moves it. */
type ExpectedBy = (id: NodeId) => Expected

const expectedBy = (program: Program, moment: Moment): ExpectedBy => {
  const { values, noise } = evaluateExactly(program, feedOf(moment), manyTrials)
  const before = new Map(
    Object.entries(program.writes).map(([name, id]) => [id, present(moment.state[name], name).values]),
  )
  return (id) => {
    const old = before.get(id)
    return { exact: at(values, id), noise: at(noise, id), ...(old !== undefined && { before: old }) }
  }
}

const deviationAt = (expected: ExpectedBy, looked: Looked, id: NodeId): Deviation =>
  deviationOf(present(looked.get(id), 'a value that was looked at'), expected(id))

/** Looks at a value once more, together with what it is computed from. */
const differenceAt = async (
  program: Program,
  expected: ExpectedBy,
  { id, looked: first }: Sighting,
  look: Look,
): Promise<E.Either<BackendError, Difference>> => {
  const node = at(program.nodes, id)
  const computed = node.inputs.filter((input) => !isLeaf(program, input))
  const again = await look([...new Set([...computed, id])])
  if (E.isLeft(again)) return again
  const { relative, index } = deviationAt(expected, first, id)
  return E.right({
    fault: faultOf(program, expected, id, again.right),
    op: node.op,
    origin: showOrigin(node.origin),
    inputs: node.inputs.map((input) => at(program.nodes, input).shape),
    shape: node.shape,
    relative,
    index,
    found: at(present(first.get(id), 'the value that differs'), index),
    expected: at(expected(id).exact, index),
  })
}

const faultOf = (program: Program, expected: ExpectedBy, id: NodeId, looked: Looked): Fault => {
  const node = at(program.nodes, id)
  const inputs = node.inputs.map((input) => Float64Array.from(looked.get(input) ?? expected(input).exact))
  const shapes = node.inputs.map((input) => at(program.nodes, input).shape)
  const compute = (of: readonly Float64Array[]): Float64Array => evaluateNode(node, of, shapes)
  const own = deviationOf(present(looked.get(id), 'a value that was looked at'), {
    ...expected(id),
    exact: compute(inputs),
    noise: noiseOf(compute, inputs),
  })
  if (own.relative > tolerance) return 'wrong'
  return deviationAt(expected, looked, id).relative > tolerance ? 'rounding' : 'wrong among others'
}

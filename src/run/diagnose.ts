import { type NotFinite, notFinite } from '../errors/notFinite.ts'
import { evaluate } from '../ir/evaluate.ts'
import type { Floats, HostTensors } from '../ir/hostTensor.ts'
import { type Origin, showOriginOf } from '../ir/origin.ts'
import { at, present } from '../ir/present.ts'
import type { NodeId, Program } from '../ir/program.ts'

const expressionOf = ({ of, derivative }: Origin): string =>
  derivative === 0 ? showOriginOf(of) : `the gradient of ${showOriginOf(of)}`

/** Follows non-finite inputs back from a non-finite node to the first one whose inputs are all finite. Ignores the unselected branch of a `select`. */
const sourceOf = (program: Program, bad: ReadonlyMap<NodeId, number>, id: NodeId): NodeId => {
  let source = id
  for (;;) {
    const input = at(program.nodes, source).inputs.find((each) => bad.has(each))
    if (input === undefined) return source
    source = input
  }
}

interface Seen {
  /** The non-finite nodes, each with one of its non-finite values. */
  readonly bad: ReadonlyMap<NodeId, number>
  /** The values of the scalar nodes. */
  readonly scalars: ReadonlyMap<NodeId, number>
}

const describe = (program: Program, id: NodeId, step: number, { bad, scalars }: Seen): NotFinite => {
  const { op, origin, params, inputs } = at(program.nodes, id)
  const value = present(bad.get(id), 'the value that is not finite')
  const where = 'name' in params ? `${op} ${params.name}` : op
  const { player = '', of, derivative } = origin
  const expression = expressionOf(origin)
  const [divided] = inputs
  // A number outside its range is divided by 0 on purpose. Report the number itself.
  if (op === 'div' && divided !== undefined && of.type === 'range' && derivative === 0)
    return notFinite(step, player, expression, scalars.get(divided) ?? value)
  return notFinite(step, player, expression === '' ? where : `${expression} (${where})`, value)
}

/**
 * Replays one step, and finds where a non-finite cost or state came from; `undefined` if all are finite. Computes in float64, rounded
 * to float32 after every operation unless the state is float64.
 */
export const firstNotFinite = (
  program: Program,
  state: HostTensors,
  draws: { readonly [name: string]: Float32Array },
  step: number,
): NotFinite | undefined => {
  const bad = new Map<NodeId, number>()
  const scalars = new Map<NodeId, number>()
  const wide = (values: Floats): Float64Array => Float64Array.from(values)
  const isFloat32 = Object.values(state).every(({ values }) => values instanceof Float32Array)
  evaluate(
    program,
    {
      state: Object.fromEntries(Object.entries(state).map(([name, { values }]) => [name, wide(values)])),
      draws: Object.fromEntries(Object.entries(draws).map(([name, values]) => [name, wide(values)])),
      step,
    },
    (id, value) => {
      if (isFloat32)
        value.forEach((x, i) => {
          value[i] = Math.fround(x)
        })
      if (value.length === 1) scalars.set(id, at(value, 0))
      const found = value.find((x) => !Number.isFinite(x))
      if (found !== undefined) bad.set(id, found)
    },
  )
  const ends = [...Object.values(program.metrics), ...Object.values(program.writes)].filter((id) => bad.has(id))
  const [first] = ends.map((id) => sourceOf(program, bad, id)).sort((a, b) => a - b)
  return first === undefined ? undefined : describe(program, first, step, { bad, scalars })
}

/** The first non-finite value. A plain loop, because a callback would box every element. */
const firstNotFiniteOf = (values: Floats): number | undefined => {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value !== undefined && !Number.isFinite(value)) return value
  }
  return undefined
}

/** The error of a non-finite state tensor that no step caused. */
export const notFiniteTensor = (state: HostTensors, step: number): NotFinite | undefined => {
  for (const [name, { values }] of Object.entries(state)) {
    const value = firstNotFiniteOf(values)
    if (value !== undefined) return notFinite(step, '', `the state tensor ${name}`, value)
  }
  return undefined
}

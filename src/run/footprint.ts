import type { Compiled } from '../compile/compile.ts'
import { parametersOf } from '../compile/elaborate.ts'
import { showStateName, subjectOf } from '../dsl/names/stateName.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import { counted } from '../ir/counted.ts'
import { showOrigin } from '../ir/origin.ts'
import { present } from '../ir/present.ts'
import { type Node, type Op, type Shape, showShape, size } from '../ir/program.ts'

/** A large tensor, where in the spec it comes from, and how to make it smaller. */
interface Part {
  readonly path: readonly string[]
  readonly what: string
  readonly shape: Shape
  /** The bytes of all its copies. */
  readonly bytes: number
  readonly hint: string
}

/** A lower bound of the memory that training a game needs, in bytes, and its largest tensor. */
export interface Footprint {
  readonly bytes: number
  readonly largest: Part | undefined
}

const bytesOf = (shape: Shape): number => 4 * size(shape)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

/** Three copies of the state: before a step, after it, and the last one known to be finite. */
const stateCopies = 3

/** Ops that need no memory for their result. */
const free = new Set<Op>(['constant', 'state', 'draw', 'reshape', 'broadcast', 'stopGradient', 'barrier'])

const activation = ({ shape, origin, op }: Node): Part => ({
  path: ['batch'],
  what: showOrigin(origin) || op,
  shape,
  bytes: free.has(op) ? 0 : bytesOf(shape),
  hint: 'Lower batch, or make the networks and samples behind it smaller.',
})

const parameters = ({ networks, state }: Compiled): readonly Part[] => {
  const subjects = state.map(({ id }) => subjectOf(id)).filter((subject) => subject !== undefined)
  const counts = counted(subjects.map(showStateName))
  return Object.values(networks)
    .flatMap(parametersOf)
    .map(({ id, name, index, spec }) => {
      const copies = stateCopies * present(counts.get(name), name)
      return {
        path: ['networks', id.network, 'nodes', `${index}`, 'layer'],
        what: `${name} and its optimizer state`,
        shape: spec.shape,
        bytes: copies * bytesOf(spec.shape),
        hint: 'Make this layer, or what it reads, smaller.',
      }
    })
}

const draws = ({ step }: Compiled): readonly Part[] =>
  Object.entries(step.draws).map(([name, { shape }]) => ({
    path: ['batch'],
    what: `the draw ${name}`,
    shape,
    bytes: bytesOf(shape),
    hint: 'Lower batch, or the shape of the samples.',
  }))

/** A lower bound from shapes alone: all state, the draws of one step, and the largest intermediate value. */
export const footprint = (compiled: Compiled): Footprint => {
  const drawn = draws(compiled)
  const computed = compiled.step.nodes.map(activation)
  const parts = [...parameters(compiled), ...drawn, ...computed]
  return {
    bytes:
      stateCopies * sum(compiled.state.map(({ shape }) => bytesOf(shape))) +
      sum(drawn.map(({ bytes }) => bytes)) +
      computed.reduce((most, { bytes }) => Math.max(most, bytes), 0),
    largest: parts.reduce<Part | undefined>(
      (most, part) => (most === undefined || part.bytes > most.bytes ? part : most),
      undefined,
    ),
  }
}

const gigabytes = (bytes: number): string => `${Number((bytes / 1e9).toPrecision(3))} GB`

/** The error of a game that needs too much memory: how much, for which tensor, and what to do. */
export const memoryErrors = (compiled: Compiled, memory: number): SpecError[] => {
  const { bytes, largest } = footprint(compiled)
  if (bytes <= memory || largest === undefined) return []
  const { path, what, shape, hint } = largest
  return [
    specError(path, {
      expected: `a game that fits into ${gigabytes(memory)} of memory`,
      found: `one that needs at least ${gigabytes(bytes)}, ${gigabytes(largest.bytes)} of it for ${what} ${showShape(shape)}`,
      hint,
    }),
  ]
}

import fc from 'fast-check'
import { type Builder, broadcastShape, createBuilder } from '../../src/ir/builder.ts'
import { evaluate, type Feed } from '../../src/ir/evaluate.ts'
import { evaluateNode } from '../../src/ir/ops/table.ts'
import { at } from '../../src/ir/present.ts'
import { type NodeId, type Op, type Program, type Shape, size } from '../../src/ir/program.ts'
import { originNamed } from '../ir/origins.ts'
import { direction } from './meaning.ts'

/** One instruction of a random program: which kind of node, and numbers that choose its operands and parameters. */
interface Instruction {
  readonly kind: number
  readonly picks: readonly number[]
}

/** Choices that never end: the n-th is a number below `limit`. */
type Pick = (n: number, limit: number) => number

type Kind = (b: Builder, pool: readonly NodeId[], pick: Pick) => NodeId | undefined

const any = (pool: readonly NodeId[], pick: Pick, n: number): NodeId => at(pool, pick(n, pool.length))

/** A node among those that satisfy a condition. */
const suchThat = (pool: readonly NodeId[], pick: Pick, n: number, fits: (x: NodeId) => boolean): NodeId | undefined => {
  const fitting = pool.filter(fits)
  return fitting.length === 0 ? undefined : any(fitting, pick, n)
}

const unaries = (
  ops: readonly (
    | 'neg'
    | 'exp'
    | 'log'
    | 'log1p'
    | 'expm1'
    | 'sqrt'
    | 'rsqrt'
    | 'tanh'
    | 'sigmoid'
    | 'softplus'
    | 'relu'
    | 'abs'
    | 'sign'
    | 'erf'
    | 'sin'
    | 'cos'
    | 'floor'
    | 'stopGradient'
    | 'barrier'
  )[],
): readonly Kind[] => ops.map((op) => (b, pool, pick) => b[op](any(pool, pick, 0)))

const broadcasts = (a: Shape, c: Shape): boolean =>
  [...a].reverse().every((n, i) => {
    const m = [...c].reverse()[i] ?? 1
    return n === m || n === 1 || m === 1
  })

const binaries = (
  ops: readonly ('add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum' | 'greater' | 'equal')[],
): readonly Kind[] =>
  ops.map((op) => (b, pool, pick) => {
    const x = any(pool, pick, 0)
    const y = suchThat(pool, pick, 1, (other) => broadcasts(b.shape(x), b.shape(other)))
    return y === undefined ? undefined : b[op](x, y)
  })

const constants: readonly Kind[] = [
  (b, _, pick) => b.number(at([0, 1, -1, 2, 0.5, 3], pick(0, 6))),
  (b, pool, pick) => b.full(b.shape(any(pool, pick, 0)), at([0, 1, -1, 2], pick(1, 4))),
  (b, pool, pick) => b.constant(b.shape(any(pool, pick, 0)), direction(b.shape(any(pool, pick, 0)), pick(1, 9))),
]

const axesOf = (shape: Shape, bits: number): readonly number[] =>
  shape.flatMap((_, axis) => ((bits >> axis) % 2 === 1 ? [axis] : []))

const rotation = (rank: number, by: number): readonly number[] =>
  Array.from({ length: rank }, (_, i) => (i + by) % rank)

const movements: readonly Kind[] = [
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    return b.reshape(x, at([[size(b.shape(x))], [1, ...b.shape(x)], [...b.shape(x)].reverse()], pick(1, 3)))
  },
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    const rank = b.shape(x).length
    return rank < 2 ? undefined : b.transpose(x, rotation(rank, 1 + pick(1, rank - 1)))
  },
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    return b.broadcast(
      x,
      broadcastShape(
        b.shape(x),
        at([[2, 1], [3], b.shape(x)], pick(1, 3)).filter(() => b.shape(x).every((n) => n === 1)),
      ),
    )
  },
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    const rank = b.shape(x).length
    if (rank === 0) return undefined
    const axis = pick(1, rank)
    const rest = (id: NodeId) =>
      b
        .shape(id)
        .filter((_, i) => i !== axis)
        .join()
    const y = suchThat(pool, pick, 2, (id) => b.shape(id).length === rank && rest(id) === rest(x))
    return y === undefined ? undefined : b.concat([x, y], axis)
  },
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    const starts = b.shape(x).map((n, axis) => pick(1 + axis, n))
    return b.slice(
      x,
      starts,
      b.shape(x).map((n, axis) => n - at(starts, axis)),
    )
  },
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    return b.pad(
      x,
      b.shape(x).map((_, axis) => pick(1 + axis, 2)),
      b.shape(x).map((_, axis) => pick(2 + axis, 2)),
    )
  },
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    const [rows] = b.shape(x)
    return rows === undefined ? undefined : b.gather(x, b.constant([2], [pick(1, rows), pick(2, rows)]))
  },
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    const [count] = b.shape(x)
    return count === undefined
      ? undefined
      : b.scatter(
          x,
          b.constant(
            [count],
            Array.from({ length: count }, (_, i) => pick(1 + i, 3)),
          ),
          3,
        )
  },
]

const sums: Kind = (b, pool, pick) => {
  const x = any(pool, pick, 0)
  return b.sum(x, axesOf(b.shape(x), 1 + pick(1, 7)))
}

const products: Kind = (b, pool, pick) => {
  const x = suchThat(pool, pick, 0, (id) => b.shape(id).length >= 2)
  if (x === undefined) return undefined
  const [lead, k] = [b.shape(x).slice(0, -2).join(), b.shape(x).at(-1)]
  const y = suchThat(
    pool,
    pick,
    1,
    (id) => b.shape(id).length >= 2 && b.shape(id).slice(0, -2).join() === lead && b.shape(id).at(-2) === k,
  )
  return y === undefined ? b.matmul(x, x, { transposeB: true }) : b.matmul(x, y)
}

const textbook: readonly Kind[] = [
  (b, pool, pick) => b.log(b.sigmoid(any(pool, pick, 0))),
  (b, pool, pick) => b.sub(b.number(1), b.sigmoid(any(pool, pick, 0))),
  (b, pool, pick) => b.log(b.sub(b.number(1), b.sigmoid(any(pool, pick, 0)))),
  (b, pool, pick) => b.div(b.number(1), b.add(b.number(1), b.exp(b.neg(any(pool, pick, 0))))),
  (b, pool, pick) => b.pow(b.sigmoid(any(pool, pick, 0)), b.number(at([0, 1, 2, -1, 0.5, 3], pick(1, 6)))),
]

const smoothKinds: readonly Kind[] = [
  ...constants,
  ...unaries(['neg', 'tanh', 'sigmoid', 'softplus', 'sin', 'cos', 'erf']),
  ...binaries(['add', 'sub', 'mul']),
  ...movements,
  ...textbook,
  sums,
  products,
]

const allKinds: readonly Kind[] = [
  ...smoothKinds,
  ...unaries([
    'exp',
    'log',
    'log1p',
    'expm1',
    'sqrt',
    'rsqrt',
    'relu',
    'abs',
    'sign',
    'floor',
    'stopGradient',
    'barrier',
  ]),
  ...binaries(['div', 'maximum', 'minimum', 'greater', 'equal']),
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    return b.max(x, axesOf(b.shape(x), 1 + pick(1, 7)))
  },
  (b, pool, pick) => {
    const x = any(pool, pick, 0)
    const same = (id: NodeId) => b.shape(id).join() === b.shape(x).join()
    return b.select(any(pool.filter(same), pick, 1), x, any(pool.filter(same), pick, 2))
  },
]

const leafShapes: readonly Shape[] = [[], [3], [2, 3], [2, 1], [2, 3, 2]]

/** The largest value in a random program, in elements: so that programs stay quick to evaluate. */
const sizeLimit = 200

const build = (kinds: readonly Kind[], instructions: readonly Instruction[]): Program => {
  const b = createBuilder()
  const leaves = leafShapes.map((shape, i) => b.state(`s${i}`, shape))
  const noise = b.draw('noise', { shape: [2, 3], origin: { type: 'normal', stream: 'noise' } })
  const pool = [...leaves, noise, b.step()]
  for (const { kind, picks } of instructions) {
    const pick: Pick = (n, limit) => at(picks, n % picks.length) % limit
    const node = at(kinds, kind % kinds.length)(b.from(originNamed(`instruction ${kind % 4}`)), pool, pick)
    if (node !== undefined && size(b.shape(node)) <= sizeLimit) pool.push(node)
  }
  const [last, middle] = [at(pool, pool.length - 1), at(pool, Math.floor(pool.length / 2))]
  return b.program({ writes: { s1: b.tanh(at(leaves, 1)), s0: at(leaves, 0) }, metrics: { last, middle } })
}

const instructions = fc.array(
  fc.record({ kind: fc.nat(), picks: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }) }),
  { minLength: 1, maxLength: 30 },
)

/** Random programs of every op; the choices of a shrunk one are the first there are. */
export const programs: fc.Arbitrary<Program> = instructions.map((all) => build(allKinds, all))

/** Random programs whose metrics have all derivatives. */
export const smoothPrograms: fc.Arbitrary<Program> = instructions.map((all) => build(smoothKinds, all))

/** Values for all that a program reads. */
export const feeds: fc.Arbitrary<Feed> = fc.nat(1000).map((seed) => ({
  state: Object.fromEntries(leafShapes.map((shape, i) => [`s${i}`, Float64Array.from(direction(shape, seed + i))])),
  draws: { noise: Float64Array.from(direction([2, 3], seed + 9)) },
  step: seed % 5,
}))

const exact: ReadonlySet<Op> = new Set<Op>([
  'constant',
  'reshape',
  'transpose',
  'broadcast',
  'concat',
  'slice',
  'pad',
  'gather',
  'scatter',
])

/**
 * The metrics of a program where each result is off by about `relative`, as rounding might have left it: what they differ
 * by from the exact ones is what another order of the same work may change.
 */
export const disturbed = (program: Program, feed: Feed, relative: number, seed: number): readonly Float64Array[] => {
  const values: Float64Array[] = []
  evaluate(program, feed, (id, value) => {
    const node = at(program.nodes, id)
    const isLeaf = node.inputs.length === 0
    const own = isLeaf
      ? value
      : evaluateNode(
          node,
          node.inputs.map((i) => at(values, i)),
          node.inputs.map((i) => at(program.nodes, i).shape),
        )
    const off = direction(node.shape, seed + id)
    values.push(isLeaf || exact.has(node.op) ? own : own.map((x, i) => x * (1 + relative * at(off, i))))
  })
  return Object.values(program.metrics).map((id) => at(values, id))
}

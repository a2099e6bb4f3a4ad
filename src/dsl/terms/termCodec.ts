import * as t from '#io-ts'
import { dictionary, name } from '../../codecs/dictionary.ts'
import { list, naturals, nonEmptyList, numbers, pair, shape } from '../../codecs/lists.ts'
import { count, finite, natural } from '../../codecs/numbers.ts'
import { oneOf } from '../../codecs/oneOf.ts'
import { refined } from '../../codecs/refined.ts'
import { struct } from '../../codecs/struct.ts'
import { tagged } from '../../codecs/tagged.ts'
import { type BinaryOp, size, type UnaryOp } from '../../ir/program.ts'
import { onceEach, passing } from './onceEach.ts'
import { rangedCodec } from './ranges.ts'
import type { Term } from './term.ts'

const unaryOps = [
  ...(['neg', 'exp', 'log', 'log1p', 'expm1', 'sqrt', 'rsqrt', 'tanh', 'sigmoid', 'softplus', 'relu'] as const),
  ...(['abs', 'sign', 'erf', 'sin', 'cos', 'floor', 'square', 'stopGradient'] as const),
] satisfies readonly (UnaryOp | 'square' | 'stopGradient')[]
const binaryOps = [
  ...(['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum', 'greater', 'equal'] as const),
] satisfies readonly BinaryOp[]

const rowEach = <K extends string, C>(ops: readonly K[], codec: C) =>
  // Object.fromEntries forgets the keys.
  Object.fromEntries(ops.map((op) => [op, codec])) as { readonly [P in K]: C }

const sizes = pair(count, 'two whole numbers above 0')
const edges = pair(natural, 'two whole numbers of at least 0')
const padding = pair(edges, 'padding: [[top, bottom], [left, right]]')

const termWithParts: t.Type<Term, unknown> = t.recursion('an expression', (term: t.Type<Term, unknown>) => {
  const tensor = struct({ op: t.literal('tensor'), shape, values: numbers })
  const reduction = struct({ op: oneOf('sum', 'mean', 'max'), of: term }, { axes: naturals })
  const convolution = struct(
    { op: oneOf('conv2d', 'conv2dInput', 'conv2dFilter'), left: term, right: term, strides: sizes, padding },
    { size: sizes },
  )
  const reshaping = struct({ op: oneOf('reshape', 'broadcast'), of: term, shape })

  const one = tagged<Term, 'op'>('an expression', 'op', {
    ...rowEach(unaryOps, struct({ op: oneOf(...unaryOps), of: term })),
    ...rowEach(binaryOps, struct({ op: oneOf(...binaryOps), left: term, right: term })),
    ...rowEach(['sum', 'mean', 'max'], reduction),
    ...rowEach(['conv2d', 'conv2dInput', 'conv2dFilter'], convolution),
    ...rowEach(['reshape', 'broadcast'], reshaping),
    number: struct({ op: t.literal('number'), value: finite }),
    tensor: refined(
      'a tensor of as many values as its shape holds',
      tensor,
      ({ shape, values }) => values.length === size(shape),
      'Give the values row-major.',
    ),
    variable: struct({ op: t.literal('variable'), name }),
    step: struct({ op: t.literal('step') }),
    progress: struct({ op: t.literal('progress') }),
    index: struct({ op: t.literal('index') }),
    sample: struct({ op: t.literal('sample'), source: name, field: name }, { draw: name, shared: t.literal(true) }),
    noise: struct(
      { op: t.literal('noise'), distribution: oneOf('uniform', 'normal'), shape, draw: name },
      { shared: t.literal(true), perPack: t.literal(true) },
    ),
    given: struct({ op: t.literal('given'), name, shape }),
    apply: struct(
      { op: t.literal('apply'), network: name, inputs: dictionary(term, 'an object of expressions by input') },
      { output: name, name, logits: t.literal(true) },
    ),
    slot: struct({ op: t.literal('slot'), name, initial: finite, update: term }, { shape }),
    previous: struct({ op: t.literal('previous'), slot: name }),
    grad: struct({ op: t.literal('grad'), of: term, by: term }),
    ...rowEach(['E', 'largest'], struct({ op: oneOf('E', 'largest'), of: term })),
    every: struct({ op: t.literal('every'), period: count, of: term }),
    acrossParameters: struct({ op: t.literal('acrossParameters'), of: term }),
    kernels: struct({ op: t.literal('kernels'), network: name, of: term }),
    pair: struct({ op: t.literal('pair'), of: term }),
    ranged: rangedCodec(term),
    select: struct({ op: t.literal('select'), condition: term, chosen: term, otherwise: term }),
    matmul: struct({
      op: t.literal('matmul'),
      left: term,
      right: term,
      transposeLeft: t.boolean,
      transposeRight: t.boolean,
    }),
    transpose: struct({ op: t.literal('transpose'), of: term, permutation: naturals }),
    concat: struct({
      op: t.literal('concat'),
      parts: nonEmptyList(term, 'a list of expressions, one at least'),
      axis: natural,
    }),
    slice: struct({ op: t.literal('slice'), of: term, starts: naturals, sizes: list(count, 'a list of sizes') }),
    pad: struct({ op: t.literal('pad'), of: term, before: naturals, after: naturals }),
    gather: struct({ op: t.literal('gather'), table: term, indices: term }),
    scatter: struct({ op: t.literal('scatter'), updates: term, indices: term, size: count }),
  })
  return passing(one)
})

/** The mathematics as it is stored. What an expression names is looked up where the whole game is known. */
export const termCodec = onceEach(termWithParts)

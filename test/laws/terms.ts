import fc from 'fast-check'
import type { Member } from '../../src/codecs/tagged.ts'
import { rangeKinds } from '../../src/dsl/terms/ranges.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { size } from '../../src/ir/program.ts'
import { counts, finite, flag, names, naturals, record, shapes } from './names.ts'

type Arbitraries = { readonly [K in Term['op']]: fc.Arbitrary<Member<Term, 'op', K>> }

const pair = <A>(arbitrary: fc.Arbitrary<A>) => fc.tuple(arbitrary, arbitrary)

/** Terms of every op, as its type says; what they name need not exist, and shapes need not agree. */
export const terms: fc.Arbitrary<Term> = fc.letrec<{ readonly term: Term }>((tie) => {
  const term = tie('term')
  const unary = <O extends string>(op: O) => record({ op: fc.constant(op), of: term }, 'op', 'of')
  const binary = <O extends string>(op: O) =>
    record({ op: fc.constant(op), left: term, right: term }, 'op', 'left', 'right')
  const reduce = <O extends string>(op: O) =>
    record({ op: fc.constant(op), of: term, axes: fc.array(naturals, { maxLength: 2 }) }, 'op', 'of')
  const convolve = <O extends string>(op: O) =>
    record(
      {
        op: fc.constant(op),
        left: term,
        right: term,
        strides: pair(counts),
        padding: pair(pair(naturals)),
        size: pair(counts),
      },
      ...(['op', 'left', 'right', 'strides', 'padding'] as const),
    )
  const shaped = <O extends string>(op: O) => fc.record({ op: fc.constant(op), of: term, shape: shapes })
  const natural = fc.array(naturals, { maxLength: 3 })

  const arbitraries: Arbitraries = {
    number: fc.record({ op: fc.constant('number'), value: finite }),
    tensor: shapes.chain((shape) =>
      fc.record({
        op: fc.constant('tensor'),
        shape: fc.constant(shape),
        values: fc.array(fc.integer(), { minLength: size(shape), maxLength: size(shape) }),
      }),
    ),
    variable: fc.record({ op: fc.constant('variable'), name: names }),
    step: fc.record({ op: fc.constant('step') }),
    progress: fc.record({ op: fc.constant('progress') }),
    ranged: fc.record({
      op: fc.constant('ranged'),
      kind: fc.constantFrom(...rangeKinds),
      of: term.filter(({ op }) => op !== 'number'),
    }),
    index: fc.record({ op: fc.constant('index') }),
    sample: record(
      { op: fc.constant('sample'), source: names, field: names, draw: names, shared: flag },
      ...(['op', 'source', 'field'] as const),
    ),
    noise: record(
      {
        op: fc.constant('noise'),
        distribution: fc.constantFrom('uniform', 'normal'),
        shape: shapes,
        draw: names,
        shared: flag,
      },
      ...(['op', 'distribution', 'shape', 'draw'] as const),
    ),
    given: fc.record({ op: fc.constant('given'), name: names, shape: shapes }),
    apply: record(
      {
        op: fc.constant('apply'),
        network: names,
        inputs: fc.dictionary(names, term, { maxKeys: 2, noNullPrototype: true }),
        output: names,
        name: names,
        logits: flag,
      },
      ...(['op', 'network', 'inputs'] as const),
    ),
    slot: record(
      { op: fc.constant('slot'), name: names, shape: shapes, initial: finite, update: term },
      ...(['op', 'name', 'initial', 'update'] as const),
    ),
    previous: fc.record({ op: fc.constant('previous'), slot: names }),
    grad: fc.record({ op: fc.constant('grad'), of: term, by: term }),
    E: unary('E'),
    maxOverBatch: unary('maxOverBatch'),
    every: fc.record({ op: fc.constant('every'), period: counts, of: term }),
    acrossParameters: unary('acrossParameters'),
    kernels: fc.record({ op: fc.constant('kernels'), network: names, of: term }),
    pair: unary('pair'),
    neg: unary('neg'),
    exp: unary('exp'),
    log: unary('log'),
    log1p: unary('log1p'),
    expm1: unary('expm1'),
    sqrt: unary('sqrt'),
    rsqrt: unary('rsqrt'),
    tanh: unary('tanh'),
    sigmoid: unary('sigmoid'),
    softplus: unary('softplus'),
    relu: unary('relu'),
    abs: unary('abs'),
    sign: unary('sign'),
    erf: unary('erf'),
    sin: unary('sin'),
    cos: unary('cos'),
    floor: unary('floor'),
    square: unary('square'),
    stopGradient: unary('stopGradient'),
    add: binary('add'),
    sub: binary('sub'),
    mul: binary('mul'),
    div: binary('div'),
    pow: binary('pow'),
    maximum: binary('maximum'),
    minimum: binary('minimum'),
    greater: binary('greater'),
    equal: binary('equal'),
    select: fc.record({ op: fc.constant('select'), condition: term, chosen: term, otherwise: term }),
    sum: reduce('sum'),
    mean: reduce('mean'),
    max: reduce('max'),
    matmul: fc.record({
      op: fc.constant('matmul'),
      left: term,
      right: term,
      transposeLeft: fc.boolean(),
      transposeRight: fc.boolean(),
    }),
    conv2d: convolve('conv2d'),
    conv2dInput: convolve('conv2dInput'),
    conv2dFilter: convolve('conv2dFilter'),
    reshape: shaped('reshape'),
    broadcast: shaped('broadcast'),
    transpose: fc.record({ op: fc.constant('transpose'), of: term, permutation: natural }),
    concat: fc.record({
      op: fc.constant('concat'),
      parts: fc.array(term, { minLength: 1, maxLength: 2 }),
      axis: naturals,
    }),
    slice: fc.record({ op: fc.constant('slice'), of: term, starts: natural, sizes: shapes }),
    pad: fc.record({ op: fc.constant('pad'), of: term, before: natural, after: natural }),
    gather: fc.record({ op: fc.constant('gather'), table: term, indices: term }),
    scatter: fc.record({ op: fc.constant('scatter'), updates: term, indices: term, size: counts }),
  }
  const leaves = [arbitraries.number, arbitraries.variable, arbitraries.sample, arbitraries.step, arbitraries.progress]
  return { term: fc.oneof({ maxDepth: 4, depthSize: 'small' }, fc.oneof(...leaves), ...Object.values(arbitraries)) }
}).term

import type { Member } from '../../codecs/tagged.ts'
import type { Shape } from '../../ir/program.ts'
import type { Term } from '../terms/term.ts'
import { atom, type Binding, binding, type Notation, tight, type Written } from './notation.ts'

/** What a rule writes with: the notation, and the parts of its term. */
export interface Pen {
  readonly notation: Notation
  readonly write: (term: Term) => Written
  /** The text of a part that is to bind at least so tightly. */
  readonly part: (term: Term, least: Binding) => string
}

type Rule<K extends Term['op']> = (term: Member<Term, 'op', K>, pen: Pen) => Written

const call = (name: string, args: readonly string[]): Written => atom(`${name}(${args.join(', ')})`)
const list = (numbers: readonly number[]): string => `[${numbers.join(', ')}]`

/** Twelve digits: 0.1 where 1 - 0.9 was computed. */
const writeNumber = (value: number, { minus, times, superscript }: Notation): Written => {
  const [digits = '0', exponent] = String(Number(Math.abs(value).toPrecision(12))).split('e')
  const power = exponent === undefined ? '' : superscript('10', exponent.replace('+', ''))
  const text = power === '' ? digits : digits === '1' ? power : `${digits} ${times} ${power}`
  if (value < 0) return { text: `${minus}${text}`, binds: binding.minus }
  return { text, binds: power === '' ? binding.atom : digits === '1' ? binding.power : binding.product }
}

/** A name of what is drawn; `also` tells it from others of that name. */
const drawn = (
  symbol: string,
  also: readonly (string | undefined)[],
  { subscript, symbol: write }: Notation,
): Written => {
  const indices = also.flatMap((name) => (name === undefined ? [] : [write(name)]))
  return atom(indices.length === 0 ? symbol : subscript(symbol, indices.join(', ')))
}

/** The usual letters: x for data, z for a latent, y for the data's label. */
const writeSample: Rule<'sample'> = ({ source, field, draw }, { notation }) => {
  if (source.length === 1 && field === 'x') return drawn(source, [draw], notation)
  if (source === 'latent' && field === 'x') return drawn('z', [draw], notation)
  const letter = field === 'label' ? 'y' : notation.symbol(field)
  return drawn(letter, [source === 'data' ? undefined : source, draw], notation)
}

const writeApply: Rule<'apply'> = ({ network, inputs, output }, { notation, part }) => {
  const symbol = notation.symbol(network)
  const name = output === undefined ? symbol : notation.subscript(symbol, notation.symbol(output))
  const args = Object.values(inputs).map((input) => part(input, binding.minus))
  return args.length === 0 ? atom(name) : call(name, args)
}

/** `log x` and `log(1 + x)`: a function whose argument needs parentheses only where it is no single thing. */
const word =
  (name: string) =>
  ({ of }: { readonly of: Term }, { notation, write }: Pen): Written => {
    const argument = write(of)
    const operator = notation.operator(name)
    return argument.binds === binding.atom
      ? { text: `${operator} ${argument.text}`, binds: binding.prefix }
      : { text: operator + notation.parentheses(argument.text), binds: binding.power }
  }

const writeExp = word('exp')

/** -expm1(a) is 1 - exp(a). */
const writeNegative: Rule<'neg'> = ({ of }, pen) =>
  of.op === 'expm1'
    ? { text: `1 ${pen.notation.minus} ${writeExp(of, pen).text}`, binds: binding.sum }
    : { text: `${pen.notation.minus}${pen.part(of, binding.prefix)}`, binds: binding.minus }

/** `relu(x)`: a function whose argument always has parentheses; `details` follow. */
const named =
  (name: string) =>
  ({ of }: { readonly of: Term }, { notation, part }: Pen, ...details: readonly string[]): Written =>
    call(notation.operator(name), [part(of, binding.minus), ...details])

const both =
  (name: string) =>
  ({ left, right }: { readonly left: Term; readonly right: Term }, { notation, part }: Pen): Written =>
    call(notation.operator(name), [part(left, binding.minus), part(right, binding.minus)])

const reduction =
  (name: string): Rule<'sum' | 'mean' | 'max'> =>
  ({ of, axes }, pen) => {
    const operator = pen.notation.operator(name)
    return call(axes === undefined ? operator : pen.notation.subscript(operator, axes.join(', ')), [
      pen.part(of, binding.minus),
    ])
  }

/** The vector whose squares a term sums, if it does. */
const squared = (term: Term): Term | undefined =>
  term.op === 'sum' && term.axes === undefined && term.of.op === 'square' ? term.of.of : undefined

const writeNorm = (of: Term, { notation, part }: Pen): string => notation.norm(part(of, binding.minus))

const looser = (a: Binding, b: Binding): Binding => (a < b ? a : b)

/** A sum or difference: what stands on its left shows at its start. */
const writeSum = (left: Term, right: Term, sign: string, least: Binding, { write, part }: Pen): Written => {
  const first = write(left)
  return { text: `${first.text} ${sign} ${part(right, least)}`, binds: looser(first.binds, binding.sum) }
}

/** A product: a function without parentheses on its right would take in what follows. */
const writeProduct = (left: string, right: Written, sign: string, notation: Notation): Written => ({
  text: `${left}${sign}${tight(notation, right, binding.prefix)}`,
  binds: right.binds < binding.prefix ? binding.product : looser(right.binds, binding.product),
})

const raise = (of: Term, exponent: string, { notation, part }: Pen): Written => ({
  text: notation.superscript(part(of, binding.atom), exponent),
  binds: binding.power,
})

const comparison =
  (sign: (notation: Notation) => string): Rule<'greater' | 'equal'> =>
  ({ left, right }, { notation, part }) =>
    atom(notation.brackets(`${part(left, binding.minus)} ${sign(notation)} ${part(right, binding.minus)}`))

const shaped =
  (name: string): Rule<'reshape' | 'broadcast'> =>
  (term, pen) =>
    named(name)(term, pen, list(term.shape))

const writeTensor = (shape: Shape, values: readonly number[]): Written =>
  atom(values.length <= 8 ? list(values) : `[${values.slice(0, 3).join(', ')}, ..., ${shape.join(' × ')}]`)

const rules: { readonly [K in Term['op']]: Rule<K> } = {
  number: ({ value }, { notation }) => writeNumber(value, notation),
  tensor: ({ shape, values }) => writeTensor(shape, values),
  variable: ({ name }, { notation }) => atom(notation.symbol(name)),
  step: (_, { notation }) => atom(notation.symbol('step')),
  progress: (_, { notation }) => atom(notation.symbol('progress')),
  index: (_, { notation }) => atom(notation.symbol('i')),
  sample: writeSample,
  noise: ({ distribution, draw }, { notation }) => drawn(notation.stochastic[distribution], [draw], notation),
  given: ({ name }, { notation }) => atom(notation.symbol(name)),
  apply: writeApply,
  slot: ({ name }, { notation }) => atom(notation.symbol(name)),
  previous: ({ slot }, { notation }) => atom(notation.symbol(slot)),
  grad: ({ of, by }, { notation, write, part }) => ({
    text: `${notation.subscript(notation.gradient, write(by).text)} ${part(of, binding.power)}`,
    binds: binding.prefix,
  }),
  E: ({ of }, { notation, part }) => atom(notation.expectation + notation.brackets(part(of, binding.minus))),
  largest: ({ of }, { notation, part }) => atom(notation.operator('max') + notation.brackets(part(of, binding.minus))),
  every: ({ period, of }, { notation, part }) =>
    call(notation.subscript(notation.operator('every'), String(period)), [part(of, binding.minus)]),
  acrossParameters: ({ of }, { notation, part }) =>
    call(notation.subscript(notation.operator('sum'), notation.symbol('parameters')), [part(of, binding.minus)]),
  kernels: ({ network, of }, { notation, part }) =>
    call(notation.subscript(notation.operator('kernels'), notation.symbol(network)), [part(of, binding.minus)]),
  ranged: ({ of }, { write }) => write(of),
  pair: ({ of }, { notation, part }) => atom(notation.prime(part(of, binding.atom))),
  neg: writeNegative,
  exp: writeExp,
  log: word('log'),
  log1p: ({ of }, { notation, part }) =>
    atom(notation.operator('log') + notation.parentheses(`1 ${notation.plus} ${part(of, binding.sum)}`)),
  expm1: (term, pen) => ({ text: `${writeExp(term, pen).text} ${pen.notation.minus} 1`, binds: binding.sum }),
  sqrt: ({ of }, pen) => {
    const vector = squared(of)
    return vector === undefined ? pen.notation.root(pen.write(of)) : atom(writeNorm(vector, pen))
  },
  rsqrt: ({ of }, { notation, write }) => notation.fraction(atom('1'), notation.root(write(of))),
  tanh: word('tanh'),
  sigmoid: ({ of }, { notation, part }) => call(notation.sigmoid, [part(of, binding.minus)]),
  softplus: named('softplus'),
  relu: named('relu'),
  abs: ({ of }, { notation, part }) => atom(notation.abs(part(of, binding.minus))),
  sign: named('sign'),
  erf: named('erf'),
  sin: word('sin'),
  cos: word('cos'),
  floor: ({ of }, { notation, part }) => atom(notation.floor(part(of, binding.minus))),
  square: ({ of }, pen) => raise(of, '2', pen),
  stopGradient: named('sg'),
  add: ({ left, right }, pen) => writeSum(left, right, pen.notation.plus, binding.sum, pen),
  sub: ({ left, right }, pen) => writeSum(left, right, pen.notation.minus, binding.prefix, pen),
  mul: ({ left, right }, { notation, write, part }) =>
    writeProduct(part(left, binding.product), write(right), ` ${notation.times} `, notation),
  div: ({ left, right }, { notation, write }) => notation.fraction(write(left), write(right)),
  pow: ({ left, right }, pen) => raise(left, pen.part(right, binding.minus), pen),
  maximum: both('max'),
  minimum: both('min'),
  greater: comparison((notation) => notation.greater),
  equal: comparison(() => '='),
  select: ({ condition, chosen, otherwise }, { notation, part }) =>
    call(
      notation.operator('if'),
      [condition, chosen, otherwise].map((term) => part(term, binding.minus)),
    ),
  sum: (term, pen) => {
    const vector = squared(term)
    if (vector === undefined) return reduction('sum')(term, pen)
    return { text: pen.notation.superscript(writeNorm(vector, pen), '2'), binds: binding.power }
  },
  mean: reduction('mean'),
  max: reduction('max'),
  matmul: ({ left, right, transposeLeft, transposeRight }, { notation, part }) => {
    const factor = (term: Term, transposed: boolean) =>
      transposed ? notation.transposed(part(term, binding.atom)) : part(term, binding.power)
    return { text: `${factor(left, transposeLeft)} ${factor(right, transposeRight)}`, binds: binding.product }
  },
  conv2d: both('conv2d'),
  conv2dInput: both('conv2dInput'),
  conv2dFilter: both('conv2dFilter'),
  reshape: shaped('reshape'),
  broadcast: shaped('broadcast'),
  transpose: (term, pen) => named('transpose')(term, pen, list(term.permutation)),
  concat: ({ parts, axis }, { notation, part }) =>
    call(
      notation.subscript(notation.operator('concat'), String(axis)),
      parts.map((term) => part(term, binding.minus)),
    ),
  slice: (term, pen) => named('slice')(term, pen, list(term.starts), list(term.sizes)),
  pad: (term, pen) => named('pad')(term, pen, list(term.before), list(term.after)),
  gather: ({ table, indices }, { notation, part }) =>
    call(notation.operator('gather'), [part(table, binding.minus), part(indices, binding.minus)]),
  scatter: ({ updates, indices, size }, { notation, part }) =>
    call(notation.operator('scatter'), [part(updates, binding.minus), part(indices, binding.minus), String(size)]),
}

/** The term's own rule. */
export const ruleOf = <T extends Term>(term: T): ((term: T, pen: Pen) => Written) =>
  // TypeScript does not see that the op at a key and the rule at that key belong together.
  rules[term.op] as unknown as (term: T, pen: Pen) => Written

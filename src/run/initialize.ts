import type { ParameterSpec } from '../dsl/layers/layer.ts'
import type { Initializer } from '../dsl/networks/initializer.ts'
import { spreadOver } from '../dsl/sources/interval.ts'
import { size } from '../ir/program.ts'
import { orthogonal } from './orthogonal.ts'

/** So many fresh numbers per call: uniform on [0, 1), or standard normal. */
export interface InitialRandom {
  readonly uniform: (count: number) => Float32Array
  readonly normal: (count: number) => Float32Array
}

type Rules = {
  readonly [K in Initializer['type']]: (
    init: Extract<Initializer, { readonly type: K }>,
    parameter: ParameterSpec,
    random: InitialRandom,
  ) => Float32Array
}

const filled = (count: number, value: number): Float32Array => new Float32Array(count).fill(value)

/** In place: fresh numbers are nobody else's, and a network's take memory. */
const changed = (fresh: Float32Array, change: (x: number) => number): Float32Array => {
  for (let i = 0; i < fresh.length; i++) fresh[i] = change(fresh[i] ?? 0)
  return fresh
}

const uniform = (count: number, low: number, high: number, random: InitialRandom): Float32Array =>
  changed(random.uniform(count), spreadOver(low, high))

const normal = (count: number, std: number, random: InitialRandom): Float32Array =>
  changed(random.normal(count), (x) => std * x)

/** Standard normal numbers; those beyond 2 are drawn again until none is. */
const truncated = (count: number, random: InitialRandom): Float32Array => {
  const numbers = random.normal(count)
  for (;;) {
    const beyond = [...numbers.keys()].filter((i) => Math.abs(numbers[i] ?? 0) > 2)
    if (beyond.length === 0) return numbers
    const again = random.normal(beyond.length)
    for (const [i, place] of beyond.entries()) numbers[place] = again[i] ?? 0
  }
}

const rules: Rules = {
  zeros: (_, { shape }) => filled(size(shape), 0),
  constant: ({ value }, { shape }) => filled(size(shape), value),
  normal: ({ std }, { shape }, random) => normal(size(shape), std, random),
  truncatedNormal: ({ std }, { shape }, random) => changed(truncated(size(shape), random), (x) => std * x),
  uniform: ({ low, high }, { shape }, random) => uniform(size(shape), low, high, random),
  glorot: (_, { shape, fanIn, fanOut }, random) => {
    const bound = Math.sqrt(6 / (fanIn + fanOut))
    return uniform(size(shape), -bound, bound, random)
  },
  he: (_, { shape, fanIn }, random) => normal(size(shape), Math.sqrt(2 / fanIn), random),
  orthogonal: ({ gain }, { shape }, random) => {
    const columns = shape.at(-1) ?? 1
    return orthogonal(size(shape) / columns, columns, random.normal, gain)
  },
}

/** The value that a parameter starts with, row-major; computed in float64 and rounded once. */
export const initialise = (parameter: ParameterSpec, random: InitialRandom): Float32Array => {
  const { init } = parameter
  // TypeScript does not see that the type at a key and the rule at that key belong together.
  const rule = rules[init.type] as (init: Initializer, parameter: ParameterSpec, random: InitialRandom) => Float32Array
  return rule(init, parameter, random)
}

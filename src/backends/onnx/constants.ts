import type { Shape } from '../../ir/program.ts'
import type { Initializer } from './graph.ts'

/** The constants of a graph and its subgraphs. Equal constants are stored once. */
export interface Constants {
  /** The value of a scalar constant; `undefined` for anything else. */
  readonly number: (name: string) => number | undefined
  readonly floats: (shape: Shape, values: readonly number[]) => string
  /** A vector of int64: axes, sizes, starts. */
  readonly integers: (values: readonly number[]) => string
  /** Indices for Gather, which may be many. Equal keys are one tensor. */
  readonly indices: (key: string, shape: Shape, values: () => Int32Array) => string
  /** All of them so far. */
  readonly initializers: readonly Initializer[]
}

/** Caches values by key. */
export const once = (make: (key: string) => string) => {
  const made = new Map<string, string>()
  return (key: string, add: (name: string) => void): string => {
    const known = made.get(key)
    if (known !== undefined) return known
    const name = make(key)
    made.set(key, name)
    add(name)
    return name
  }
}

export const createConstants = (): Constants => {
  const initializers: Initializer[] = []
  const numbers = new Map<string, number>()
  const constant = once(() => `c${initializers.length}`)
  return {
    initializers,
    number: (name) => numbers.get(name),
    floats: (shape, values) =>
      constant(`float ${shape} ${values.map((value) => (Object.is(value, -0) ? '-0' : value))}`, (name) => {
        initializers.push({ name, shape, type: 'float', values: Float32Array.from(values) })
        const [only] = values
        if (shape.length === 0 && only !== undefined) numbers.set(name, only)
      }),
    integers: (values) =>
      constant(`int64 ${values}`, (name) =>
        initializers.push({
          name,
          shape: [values.length],
          type: 'int64',
          values: BigInt64Array.from(values, (value) => BigInt(value)),
        }),
      ),
    indices: (key, shape, values) =>
      constant(`int32 ${key}`, (name) => initializers.push({ name, shape, type: 'int32', values: values() })),
  }
}

import { evaluate, type Feed } from '../../ir/evaluate.ts'
import { ops } from '../../ir/ops/table.ts'
import { at } from '../../ir/present.ts'
import type { NodeId, Program } from '../../ir/program.ts'

/** Eight units in the last place of a float32: a sum of many numbers, in whatever order, is off by more than one. */
const slack = 2 ** -20

/** Numbers from -1 to 1, always the same. */
const createWobble = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  }
}

/** How often a step is evaluated with other errors: one that may fall on either side of a kink does so in some of them. */
export const fewTrials = 3
export const manyTrials = 12

/** What a step is in float64, and how far rounding alone may move each number. */
export interface Exact {
  readonly values: readonly Float64Array[]
  readonly noise: readonly Float32Array[]
}

/** Evaluates a step once as it is, and some times with every result a little off. */
export const evaluateExactly = (program: Program, feed: Feed, trials: number): Exact => {
  const values: Float64Array[] = []
  evaluate(program, feed, (_, value) => void values.push(value))
  const noise = values.map(({ length }) => new Float32Array(length))
  for (let trial = 1; trial <= trials; trial++) {
    const wobble = createWobble(trial)
    evaluate(program, feed, (id: NodeId, value) => {
      if (ops[at(program.nodes, id).op].rounds)
        value.forEach((x, i) => {
          value[i] = x * (1 + slack * wobble())
        })
      widen(at(noise, id), value, at(values, id))
    })
  }
  return { values, noise }
}

/** How far rounding of its inputs moves each number that an op makes. */
export const noiseOf = (
  compute: (inputs: readonly Float64Array[]) => Float64Array,
  inputs: readonly Float64Array[],
): Float32Array => {
  const exact = compute(inputs)
  const noise = new Float32Array(exact.length)
  for (let trial = 1; trial <= manyTrials; trial++) {
    const wobble = createWobble(trial)
    widen(noise, compute(inputs.map((values) => values.map((x) => x * (1 + slack * wobble())))), exact)
  }
  return noise
}

/** Writes the larger of what is there and of a difference. */
const widen = (noise: Float32Array, a: Float64Array, b: Float64Array): void => {
  noise.forEach((known, i) => {
    const off = Math.abs(at(a, i) - at(b, i))
    if (off > known) noise[i] = off
  })
}

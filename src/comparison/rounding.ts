import { evaluate, type Feed } from '../ir/evaluate.ts'
import { at } from '../ir/ops/op.ts'
import type { NodeId, Op, Program } from '../ir/program.ts'

/** Whether an op's float32 result is rounded. The others choose, move or copy numbers that are there. */
const rounds: { readonly [O in Op]: boolean } = {
  constant: false,
  state: false,
  draw: false,
  step: false,
  stopGradient: false,
  barrier: false,
  neg: false,
  exp: true,
  log: true,
  log1p: true,
  expm1: true,
  sqrt: true,
  rsqrt: true,
  tanh: true,
  sigmoid: true,
  softplus: true,
  relu: false,
  abs: false,
  sign: false,
  erf: true,
  sin: true,
  cos: true,
  floor: false,
  add: true,
  sub: true,
  mul: true,
  div: true,
  pow: true,
  maximum: false,
  minimum: false,
  greater: false,
  equal: false,
  select: false,
  matmul: true,
  conv2d: true,
  conv2dInput: true,
  conv2dFilter: true,
  sum: true,
  max: false,
  reshape: false,
  transpose: false,
  broadcast: false,
  concat: false,
  slice: false,
  pad: false,
  gather: false,
  scatter: true,
}

/** A unit in the last place of a float32. */
const unit = 2 ** -23

/** Numbers from -1 to 1, always the same. */
const createWobble = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return state / 2 ** 31
  }
}

/** The values, each off by up to a unit in the last place. */
export const wobbled = (values: Float64Array, seed: number): Float64Array => {
  const wobble = createWobble(seed)
  return values.map((x) => x * (1 + unit * wobble()))
}

/** What a step is in float64, and how far rounding alone may move each of its values. */
export interface Exact {
  readonly values: readonly Float64Array[]
  readonly noise: readonly number[]
}

const trials = 3

/** Evaluates a step once as it is, and some times with each result off by a unit in the last place. */
export const evaluateExactly = (program: Program, feed: Feed): Exact => {
  const values: Float64Array[] = []
  const noise = new Array<number>(program.nodes.length).fill(0)
  evaluate(program, feed, (_, value) => void values.push(value))
  for (let trial = 1; trial <= trials; trial++) {
    const wobble = createWobble(trial)
    evaluate(program, feed, (id: NodeId, value) => {
      if (rounds[at(program.nodes, id).op])
        value.forEach((x, i) => {
          value[i] = x * (1 + unit * wobble())
        })
      noise[id] = Math.max(noise[id] ?? 0, largestDifference(value, at(values, id)))
    })
  }
  return { values, noise }
}

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, x, i) => {
    const off = Math.abs(x - (b[i] ?? Number.NaN))
    return off > most ? off : most
  }, 0)

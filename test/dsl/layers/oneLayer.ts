import { expect } from 'vitest'
import * as Either from '#fp-ts/Either'
import { layerKind } from '../../../src/dsl/layers/table.ts'
import { evaluate, type Values } from '../../../src/ir/evaluate.ts'
import { gradient } from '../../../src/ir/gradient.ts'
import { at } from '../../../src/ir/present.ts'
import type { NodeId, Shape } from '../../../src/ir/program.ts'
import { fixture, numbers, type Tensors } from '../../fixtures/pytorch.ts'
import { laid } from './apply.ts'

interface Found {
  readonly [name: string]: readonly number[]
}
/** What scripts/pytorch/one_layer.py makes of a layer. */
interface OneLayer {
  readonly layer: unknown
  readonly inputs: Tensors
  readonly state: Tensors
  readonly draws: Tensors
  readonly y: { readonly shape: Shape; readonly values: readonly number[] }
  readonly slopes: Found
  readonly curvatures: Found
  readonly fed: Found
}

/** The cases of a fixture, by name. */
export const casesOf = (name: string): readonly (readonly [string, OneLayer])[] =>
  Object.entries(fixture<{ readonly cases: { readonly [name: string]: OneLayer } }>(name).cases)

/** Numbers between -1 and 1, as in scripts/pytorch/common.py. */
const signed = (shape: Shape, seed: number): Float64Array => numbers(shape, seed).map((u) => 2 * u - 1)

const tensors = (given: Tensors): Values =>
  Object.fromEntries(Object.entries(given).map(([name, { shape, seed }]) => [name, signed(shape, seed)]))

const shapes = (given: { readonly [name: string]: { readonly shape: Shape } }) =>
  Object.fromEntries(Object.entries(given).map(([name, { shape }]) => [name, [...shape]]))

/** Relative to the tensor's largest number, where that is more than rounding makes of 0. */
const expectClose = (found: ArrayLike<number> | undefined, expected: readonly number[], name: string): void => {
  const scale = Math.max(...expected.map(Math.abs), 1e-3)
  const differences = expected.map((value, i) => Math.abs(value - (found?.[i] ?? Number.NaN)))
  expect(found?.length, name).toBe(expected.length)
  expect(Math.max(...differences) / scale, name).toBeLessThan(1e-10)
}

/** The layer's results, what it would have its slots become, and its derivatives of both orders are PyTorch's. */
export const expectPyTorchs = (one: OneLayer): void => {
  const decoded = layerKind.codec.decode(one.layer)
  if (Either.isLeft(decoded)) throw new Error(`no layer: ${JSON.stringify(one.layer)}`)
  const given = Object.values(one.inputs).map(({ shape }) => shape)
  const {
    builder: b,
    inputs,
    parameters,
    y,
    fed,
  } = laid(
    decoded.right,
    given.map((shape) => shape.slice(1)),
    at(at(given, 0), 0),
  )
  expect(b.shape(y)).toEqual(one.y.shape)
  const score = b.sum(b.mul(b.constant(one.y.shape, [...signed(one.y.shape, 100)]), b.tanh(y)))
  const penalty = gradient(b, score, inputs)
    .map((slope) => b.sum(b.square(slope)))
    .reduce(b.add)
  const wrt: readonly (readonly [string, NodeId])[] = [
    ...inputs.map((node, i) => [`${i}`, node] as const),
    ...Object.entries(parameters),
  ]
  const by = (prefix: string, of: NodeId) => {
    const found = gradient(
      b,
      of,
      wrt.map(([, node]) => node),
    )
    return Object.fromEntries(wrt.map(([name], i) => [`${prefix} ${name}`, at(found, i)]))
  }
  const metrics = { y, ...by('slope', score), ...by('curvature', penalty), ...fed }
  const program = b.program({ writes: {}, metrics })
  expect(shapes(program.draws)).toEqual(shapes({ ...one.inputs, ...one.draws }))
  expect(shapes(one.state)).toMatchObject(
    Object.fromEntries(Object.entries(parameters).map(([name, node]) => [name, [...b.shape(node)]])),
  )
  const found = evaluate(program, {
    state: tensors(one.state),
    draws: { ...tensors(one.inputs), ...tensors(one.draws) },
    step: 0,
  }).metrics
  expectClose(found.y, one.y.values, 'y')
  for (const [name] of wrt) {
    expectClose(found[`slope ${name}`], one.slopes[name] ?? [], `slope by ${name}`)
    expectClose(found[`curvature ${name}`], one.curvatures[name] ?? [], `curvature by ${name}`)
  }
  for (const [name, values] of Object.entries(one.fed)) expectClose(found[name], values, `fed ${name}`)
}

import fc from 'fast-check'
import * as Either from '#fp-ts/Either'
import type { NetworkGraph } from '../../src/dsl/layers/networkGraph.ts'
import type { Layer } from '../../src/dsl/layers/table.ts'
import type { WeightRule } from '../../src/dsl/layers/weightRules.ts'
import { add, mul, square } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { E, grad, sum } from '../../src/dsl/terms/statistics.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import type { Shape } from '../../src/ir/program.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { compiled, gameOf } from '../compile/playing.ts'
import { shapeOf } from '../dsl/layers/apply.ts'
import { cases, type Case as LayerCase } from '../dsl/layers/cases.ts'
import { direction } from '../laws/meaning.ts'
import { type Case, gameCase } from './case.ts'

const theta: NetworkGraph = {
  nodes: [{ layer: { type: 'parameter', shape: [], init: { type: 'zeros' } }, from: [] }],
  output: 0,
}

/** A layer as a network of its own, whose inputs are called x0 and x1. */
const alone = ({ layer, inputs }: LayerCase<Layer>): NetworkGraph => ({
  nodes: [
    ...inputs.map((shape, i) => ({ layer: { type: 'input' as const, name: `x${i}`, shape }, from: [] })),
    { layer, from: inputs.map((_, i) => i) },
  ],
  output: inputs.length,
})

const inputsOf = ({ layer, inputs }: LayerCase<Layer>): readonly (readonly [string, Shape])[] =>
  layer.type === 'input' ? [[layer.name, layer.shape]] : inputs.map((shape, i) => [`x${i}`, shape])

const apply = (network: string, inputs: { readonly [name: string]: Term }): Expr<'sample'> => ({
  term: { op: 'apply', network, inputs },
})

const made = ({ layer, inputs }: LayerCase<Layer>): Shape => {
  const shape = shapeOf(layer, ...inputs)
  return Either.isRight(shape) ? shape.right : []
}

/**
 * The layer's results for theta times noise beside some fixed numbers, weighed into one number. Without the fixed numbers theta
 * would be of no effect on a layer that does not mind a scale, and its gradient nothing but rounding errors.
 */
const score = (one: LayerCase<Layer>) => {
  const noise = inputsOf(one).map(([name, shape]): readonly [string, Term] => [
    name,
    add(mul(apply('theta', {}), { term: { op: 'noise', distribution: 'normal', shape, draw: name } }), {
      term: { op: 'tensor', shape, values: direction(shape, 5) },
    }).term,
  ])
  const shape = made(one)
  const weights: Expr<'batch'> = { term: { op: 'tensor', shape, values: direction(shape, 3) } }
  return {
    inputs: noise.map(([, term]): Expr<'sample', Shape> => ({ term })),
    score: sum(mul(weights, apply('N', Object.fromEntries(noise)))),
  }
}

const gameWith = (one: LayerCase<Layer>, objective: Term): GameSpec =>
  gameOf({
    networks: { theta, N: alone(one) },
    players: { p: { goal: 'minimise', objective, over: inputsOf(one).length === 0 ? ['N'] : ['theta', 'N'] } },
    optimizers: { p: { type: 'sgd', lr: 1 } },
  })

const firstOrder = (one: LayerCase<Layer>): Term => {
  const { inputs, score: of } = score(one)
  return inputs.length === 0 ? square(of).term : E(square(of)).term
}

/** A gradient penalty by each input. */
const secondOrder = (one: LayerCase<Layer>): Term | undefined => {
  const { inputs, score: of } = score(one)
  const penalties = inputs.map((x) => E(sum(square(grad(square(of), x)))))
  return penalties.reduce<Expr<'batch', []> | undefined>(
    (total, one) => (total === undefined ? one : add(total, one)),
    undefined,
  )?.term
}

const bothOrders = (name: string, one: LayerCase<Layer>): readonly Case[] => {
  const second = secondOrder(one)
  return [
    gameCase(`${name}, to its gradient`, compiled(gameWith(one, firstOrder(one))), 1, 'gradient'),
    ...(second === undefined
      ? []
      : [gameCase(`${name}, a penalty’s gradient`, compiled(gameWith(one, second)), 1, 'second')]),
  ]
}

const layerCases = (type: Layer['type']): readonly Case[] => {
  const arbitrary: fc.Arbitrary<LayerCase<Layer>> = cases[type]
  return fc.sample(arbitrary, { numRuns: 3, seed: 1 }).flatMap((one, i) => bothOrders(`layer ${type} ${i}`, one))
}

const ruled: { readonly [K in WeightRule['type']]: readonly LayerCase<Layer>[] } = {
  spectralNorm: [
    { layer: { type: 'dense', units: 3, weights: { type: 'spectralNorm' } }, inputs: [[4]] },
    {
      layer: { type: 'convTranspose2d', filters: 3, kernel: 4, stride: 2, weights: { type: 'spectralNorm' } },
      inputs: [[3, 2, 2]],
    },
  ],
  weightNorm: [
    { layer: { type: 'conv2d', filters: 3, kernel: 3, weights: { type: 'weightNorm' } }, inputs: [[4, 3, 2]] },
    { layer: { type: 'film', weights: { type: 'weightNorm' } }, inputs: [[3, 2], [3]] },
  ],
  equalised: [
    {
      layer: { type: 'modulatedConv2d', filters: 3, kernel: 3, weights: { type: 'equalised', multiplier: 0.5 } },
      inputs: [[4, 3, 2], [3]],
    },
  ],
}

/** Every layer: its results, its gradient by its parameters and inputs, and that of a penalty. */
export const layerConformance: readonly Case[] = Object.keys(cases)
  .filter((type): type is Layer['type'] => type in cases)
  .flatMap(layerCases)
  .concat(
    Object.entries(ruled).flatMap(([rule, layers]) =>
      layers.flatMap((one, i) => bothOrders(`layer ${one.layer.type} under ${rule} ${i}`, one)),
    ),
  )

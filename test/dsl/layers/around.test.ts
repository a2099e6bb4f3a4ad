import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import { compile } from '../../../src/compile/compile.ts'
import { leakyRelu } from '../../../src/dsl/layers/activations.ts'
import { addOutputs } from '../../../src/dsl/layers/add.ts'
import { equalised, spectralNorm, weightNorm } from '../../../src/dsl/layers/around.ts'
import { batchNorm } from '../../../src/dsl/layers/batchNorm.ts'
import { concat } from '../../../src/dsl/layers/concat.ts'
import { conv2d } from '../../../src/dsl/layers/conv2d.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { embedding } from '../../../src/dsl/layers/embedding.ts'
import { flatten } from '../../../src/dsl/layers/flatten.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { layerNorm } from '../../../src/dsl/layers/layerNorm.ts'
import { relu } from '../../../src/dsl/layers/pointwise.ts'
import type { Layer } from '../../../src/dsl/layers/table.ts'
import { toGraph } from '../../../src/dsl/networks/graph.ts'
import type { Graph } from '../../../src/dsl/networks/layerGraph.ts'
import { type Net, share } from '../../../src/dsl/networks/net.ts'
import { showSpecError } from '../../../src/errors/specError.ts'
import * as losses from '../../../src/losses/losses.ts'
import { gan } from '../../../src/spec/gan.ts'
import { generator, rest } from '../../types/ring.ts'

/** The kinds of the layers, with the rule of those that have one. */
const rules = (net: Graph): readonly string[] =>
  toGraph<Layer>(net, 'rules').nodes.map(({ layer }) =>
    'weights' in layer && layer.weights !== undefined ? `${layer.type} ${layer.weights.type}` : layer.type,
  )

describe('a rule for weights', () => {
  test('goes around a layer, a block, and no other layer', () => {
    const net: Net<{ readonly x: [8, 8, 3] }, [1]> = pipe(
      input([8, 8, 3]),
      conv2d({ filters: 4, kernel: 3 }),
      spectralNorm(conv2d({ filters: 8, kernel: 3, stride: 2 })),
      weightNorm(flow(conv2d({ filters: 8, kernel: 3 }), batchNorm, leakyRelu(0.2))),
      flatten,
      equalised(dense(1)),
    )
    expect(rules(net)).toEqual([
      'input',
      'conv2d',
      'conv2d spectralNorm',
      'conv2d weightNorm',
      'batchNorm',
      'leakyRelu',
      'flatten',
      'dense equalised',
    ])
  })

  test('reaches into branches, and leaves the trunk alone, also where it comes second', () => {
    const net: Net<{ readonly x: [2]; readonly label: [5] }, [4]> = pipe(
      input([2]),
      dense(4),
      spectralNorm((trunk) => concat(pipe(input([5], 'label'), embedding(3)), trunk)),
      spectralNorm(share((h) => addOutputs(h, pipe(h, dense(7))))),
      dense(4),
    )
    expect(rules(net)).toEqual([
      'input',
      'dense spectralNorm',
      'input',
      'dense',
      'concat',
      'dense spectralNorm',
      'add',
      'dense',
    ])
  })

  test('that stands nearer to the layer stays', () => {
    expect(
      rules(pipe(input([2]), spectralNorm(flow(dense(3), relu, equalised(dense(1), { multiplier: 0.01 }))))),
    ).toEqual(['input', 'dense spectralNorm', 'relu', 'dense equalised'])
  })

  test('around layers without weights is a mistake, with its place', () => {
    const game = (discriminator: Net<{ readonly x: [2] }, [1]>) =>
      gan({ ...rest, generator, discriminator, loss: losses.nonSaturating })
    const mistakes = (discriminator: Net<{ readonly x: [2] }, [1]>) => {
      const checked = compile(game(discriminator))
      return E.isLeft(checked) ? checked.left.errors.map(showSpecError) : []
    }
    for (const around of [spectralNorm, weightNorm])
      expect(mistakes(pipe(input([2]), dense(3), around(flow(leakyRelu(0.2), layerNorm)), dense(1)))).toEqual([
        expect.stringMatching(
          /^networks\.D\.nodes\.3\.layer \([^)]*\): expected a layer of weights: .*\bdense\b.*, found layerNorm, which has none\n/,
        ),
      ])
    expect(mistakes(pipe(input([2]), spectralNorm(flow(dense(3), layerNorm)), dense(1)))).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { flow, pipe } from '#fp-ts/function'
import { relu } from '../../../src/dsl/elementwise.ts'
import { leakyRelu } from '../../../src/dsl/layers/activations.ts'
import { plus } from '../../../src/dsl/layers/add.ts'
import { equalised, spectralNorm, weightNorm } from '../../../src/dsl/layers/around.ts'
import { batchNorm } from '../../../src/dsl/layers/batchNorm.ts'
import { concat } from '../../../src/dsl/layers/concat.ts'
import { conv2d } from '../../../src/dsl/layers/conv2d.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { embedding } from '../../../src/dsl/layers/embedding.ts'
import { flatten } from '../../../src/dsl/layers/flatten.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { type Net, share } from '../../../src/dsl/net.ts'
import type { NetworkGraph } from '../../../src/dsl/spec.ts'

/** The kinds of the layers, with the rule of those that have one. */
const rules = ({ nodes }: NetworkGraph): readonly string[] =>
  nodes.map(({ layer }) =>
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
      spectralNorm(share((h) => plus(h, pipe(h, dense(7))))),
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
})

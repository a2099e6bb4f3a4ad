import { describe, expect, test } from 'vitest'
import type { Layer } from '../../../src/dsl/layers/table.ts'
import type { Shape } from '../../../src/ir/program.ts'
import { problemOf } from './apply.ts'

type Case = readonly [Layer, readonly Shape[], string]
const notASize = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300]

const sizes: readonly Case[] = notASize.flatMap((n): readonly Case[] => [
  [{ type: 'input', name: 'x', shape: [2, n] }, [], `[2, ${n}]`],
  [{ type: 'parameter', shape: [n], init: { type: 'zeros' } }, [], `[${n}]`],
  [{ type: 'dense', units: n }, [[4]], `${n}`],
  [{ type: 'conv2d', filters: n, kernel: 3 }, [[8, 8, 1]], `${n}`],
  [{ type: 'conv2d', filters: 3, kernel: n }, [[8, 8, 1]], `${n}`],
  [{ type: 'conv2d', filters: 3, kernel: 3, stride: n }, [[8, 8, 1]], `${n}`],
  [{ type: 'convTranspose2d', filters: n, kernel: 3 }, [[8, 8, 1]], `${n}`],
  [{ type: 'convTranspose2d', filters: 3, kernel: n }, [[8, 8, 1]], `${n}`],
  [{ type: 'convTranspose2d', filters: 3, kernel: 3, stride: n }, [[8, 8, 1]], `${n}`],
  [{ type: 'reshape', shape: [n, 4] }, [[4]], `[${n}, 4]`],
  [{ type: 'maxout', pieces: n }, [[4]], `${n}`],
  [{ type: 'pool', by: 'max', size: n }, [[8, 8, 1]], `${n}`],
  [{ type: 'upsample', factor: n }, [[8, 8, 1]], `${n}`],
  [{ type: 'downsample', factor: n }, [[8, 8, 1]], `${n}`],
  [{ type: 'pixelShuffle', factor: n }, [[8, 8, 4]], `${n}`],
  [{ type: 'selfAttention', channels: n }, [[8, 8, 1]], `${n}`],
  [{ type: 'minibatchStd', group: n }, [[4]], `${n}`],
  [{ type: 'minibatchDiscrimination', features: n, dimensions: 3 }, [[4]], `${n}`],
  [{ type: 'minibatchDiscrimination', features: 3, dimensions: n }, [[4]], `${n}`],
])
const paddings: readonly Case[] = [-1, 0.5, Number.NaN].map((padding) => [
  { type: 'conv2d', filters: 3, kernel: 3, padding },
  [[8, 8, 1]],
  `${padding}`,
])

const cases: readonly Case[] = [
  ...sizes,
  ...paddings,
  [{ type: 'dense', units: 3 }, [[]], '[], a single number'],
  [{ type: 'softmax' }, [[]], '[], a single number'],
  [{ type: 'batchNorm' }, [[]], '[], a single number'],
  [{ type: 'layerNorm' }, [[]], '[], a single number'],
  [{ type: 'concat' }, [[], []], '[], a single number'],
  [{ type: 'pixelNorm' }, [[]], '[], a single number'],
  [{ type: 'noiseInjection' }, [[]], '[], a single number'],
  [{ type: 'instanceNorm' }, [[4]], '[4]'],
  [{ type: 'conv1d', filters: 2, kernel: 3 }, [[4, 4, 1]], '[4, 4, 1]'],
  [{ type: 'conv1d', filters: 2, kernel: 3, dilation: 2, padding: 'valid' }, [[4, 1]], '4 pixels'],
  [{ type: 'conv2d', filters: 2, kernel: 3, dilation: 0 }, [[4, 4, 1]], '0'],
  [{ type: 'depthwiseConv2d', kernel: 3 }, [[4]], '[4]'],
  [{ type: 'depthwiseConv2d', kernel: 3, multiplier: 1.5 }, [[4, 4, 1]], '1.5'],
  [{ type: 'film' }, [[], [3]], '[], a single number'],
  [{ type: 'film' }, [[4], [3, 3]], '[3, 3]'],
  [{ type: 'modulatedConv2d', filters: 2, kernel: 3 }, [[4, 4, 1], []], '[]'],
  [{ type: 'modulatedConv2d', filters: 2, kernel: 3 }, [[16], [3]], '[16]'],
  [{ type: 'dense', units: 3, init: { type: 'zeros' }, weights: { type: 'spectralNorm' } }, [[4]], 'weights of 0'],
  [{ type: 'film', init: { type: 'constant', value: 0 }, weights: { type: 'weightNorm' } }, [[4], [3]], 'weights of 0'],
  [{ type: 'conv2d', filters: 2, kernel: 3, weights: { type: 'equalised', multiplier: 0 } }, [[4, 4, 1]], '0'],
  [{ type: 'groupNorm', groups: 3 }, [[2, 4]], '4 channels'],
  [{ type: 'groupNorm', groups: 0 }, [[4]], '0'],
  [{ type: 'gaussianNoise', std: -1 }, [[4]], '-1'],
  [{ type: 'gaussianNoise', std: Number.NaN }, [[4]], 'NaN'],
  [{ type: 'conv2d', filters: 3, kernel: 3 }, [[784]], '[784]'],
  [{ type: 'convTranspose2d', filters: 3, kernel: 3 }, [[28, 28]], '[28, 28]'],
  [{ type: 'conv2d', filters: 3, kernel: 9, padding: 'valid' }, [[8, 12, 1]], '8 x 12 pixels'],
  [{ type: 'conv2d', filters: 3, kernel: 13, padding: 2 }, [[8, 12, 1]], '8 x 12 pixels'],
  [
    { type: 'convTranspose2d', filters: 3, kernel: 4, padding: 2 },
    [[1, 1, 1]],
    '2 on each side of 1 x 1 windows of 4 x 4',
  ],
  [{ type: 'reshape', shape: [7, 7, 64] }, [[3000]], '3000, in [3000]'],
  [{ type: 'batchNorm', momentum: 1 }, [[4]], '1'],
  [{ type: 'truncation', decay: 1 }, [[4]], 'decay 1, psi 1'],
  [{ type: 'truncation', psi: Number.NaN }, [[4]], 'decay 0.995, psi NaN'],
  [{ type: 'batchNorm', momentum: Number.NaN }, [[4]], 'NaN'],
  [{ type: 'dropout', rate: 1 }, [[4]], '1'],
  [{ type: 'dropout', rate: -0.1 }, [[4]], '-0.1'],
  [{ type: 'leakyRelu', slope: Number.NaN }, [[4]], 'NaN'],
  [
    { type: 'concat' },
    [
      [2, 3],
      [3, 3],
    ],
    '[2, 3] and [3, 3]',
  ],
  [{ type: 'concat' }, [[3], [3, 3]], '[3] and [3, 3]'],
  [
    { type: 'add' },
    [
      [2, 3],
      [2, 1],
    ],
    '[2, 3] and [2, 1]',
  ],
  [{ type: 'multiply' }, [[3], [1]], '[3] and [1]'],
  [{ type: 'total' }, [[]], '[], a single number'],
  [{ type: 'prelu' }, [[]], '[], a single number'],
  [{ type: 'maxout', pieces: 5 }, [[12]], '12'],
  [{ type: 'pool', by: 'average', size: 3 }, [[2, 8, 1]], '2 x 8 pixels'],
  [{ type: 'globalPool', by: 'sum' }, [[8, 8]], '[8, 8]'],
  [{ type: 'downsample', factor: 3 }, [[8, 2, 1]], '8 x 2 pixels'],
  [{ type: 'upsample', factor: 2 }, [[64]], '[64]'],
  [{ type: 'pixelShuffle', factor: 2 }, [[4, 4, 6]], '6'],
  [{ type: 'selfAttention' }, [[64]], '[64]'],
  [{ type: 'minibatchStd' }, [[]], '[], a single number'],
  [{ type: 'minibatchDiscrimination', features: 3, dimensions: 2 }, [[4, 4, 2]], '[4, 4, 2]'],
  [{ type: 'activation', expression: { op: 'variable', name: 'x' } }, [[4]], 'variable x'],
  [
    { type: 'activation', expression: { op: 'neg', of: { op: 'sum', of: { op: 'variable', name: 't' } } } },
    [[4]],
    'sum',
  ],
  [{ type: 'activation', expression: { op: 'sample', source: 'data', field: 'x' } }, [[4]], 'sample'],
]

describe('a problem names what was expected, what was found and what to do', () => {
  test.each(cases)('%j of %j: found %s', (layer, inputs, found) => {
    const problem = problemOf(layer, ...inputs)
    expect(problem.found).toBe(found)
    expect(problem.expected).not.toBe('')
    expect(problem.hint).not.toBe('')
  })
})

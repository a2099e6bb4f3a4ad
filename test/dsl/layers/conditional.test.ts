import { expect, test } from 'vitest'
import { flow, pipe } from '#fp-ts/function'
import * as init from '../../../src/dsl/initializers/init.ts'
import { adaptiveInstanceNorm } from '../../../src/dsl/layers/adaptiveInstanceNorm.ts'
import { equalised, spectralNorm } from '../../../src/dsl/layers/around.ts'
import { conditionalBatchNorm } from '../../../src/dsl/layers/conditionalBatchNorm.ts'
import { conv1d } from '../../../src/dsl/layers/conv1d.ts'
import { conv2d } from '../../../src/dsl/layers/conv2d.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { depthwiseConv2d } from '../../../src/dsl/layers/depthwiseConv2d.ts'
import { film } from '../../../src/dsl/layers/film.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { modulatedConv2d } from '../../../src/dsl/layers/modulatedConv2d.ts'
import { noiseInjection } from '../../../src/dsl/layers/noiseInjection.ts'
import { pixelNorm } from '../../../src/dsl/layers/pixelNorm.ts'
import { relu } from '../../../src/dsl/layers/pointwise.ts'
import { reshape } from '../../../src/dsl/layers/reshape.ts'
import { separableConv2d } from '../../../src/dsl/layers/separableConv2d.ts'
import { type Net, share } from '../../../src/dsl/networks/net.ts'

const label = input([10], 'label')

test('networks of two inputs keep their shapes, by type and as data', () => {
  const generator: Net<{ readonly x: [16]; readonly label: [10] }, [8, 8, 3]> = pipe(
    input([16]),
    dense(8 * 8 * 4),
    reshape([8, 8, 4]),
    share((h) => conditionalBatchNorm(h, label)),
    relu,
    spectralNorm(share((h) => conditionalBatchNorm(h, label, { bias: false }))),
    share((h) => adaptiveInstanceNorm(h, label)),
    conv2d({ filters: 3, kernel: 3 }),
  )
  expect(generator.nodes.filter(({ layer }) => layer.type === 'input')).toHaveLength(2)
  expect(generator.nodes.map(({ layer }) => layer.type)).toEqual([
    'input',
    'dense',
    'reshape',
    'batchNorm',
    'input',
    'film',
    'relu',
    'batchNorm',
    'film',
    'instanceNorm',
    'film',
    'conv2d',
  ])
})

test('a style block: modulated convolution, noise, an image of few channels', () => {
  const style = pipe(input([4]), pixelNorm, equalised(flow(dense(4), relu), { multiplier: 0.01 }))
  const block: Net<{ readonly image: [4, 4, 8]; readonly x: [4] }, [4, 4, 3]> = pipe(
    input([4, 4, 8], 'image'),
    share((h) => modulatedConv2d(h, style, { filters: 16, kernel: 3 })),
    noiseInjection,
    equalised(
      share((h) => modulatedConv2d(h, style, { filters: 3, kernel: 1, demodulate: false })),
      { gain: 1 },
    ),
  )
  expect(block.nodes.filter(({ layer }) => layer.type === 'modulatedConv2d')).toHaveLength(2)
})

test('convolutions know their shapes', () => {
  const image = input([9, 8, 3])
  const sizes: readonly [
    Net<{ readonly x: [9, 8, 3] }, [9, 8, 6]>,
    Net<{ readonly x: [9, 8, 3] }, [5, 4, 3]>,
    Net<{ readonly x: [9, 8, 3] }, [5, 4, 7]>,
    Net<{ readonly x: [9, 8, 3] }, [5, 4, 2]>,
    Net<{ readonly x: [20, 2] }, [8, 4]>,
  ] = [
    pipe(image, depthwiseConv2d({ kernel: 3, multiplier: 2 })),
    pipe(image, depthwiseConv2d({ kernel: 3, dilation: 2, padding: 'valid' })),
    pipe(image, separableConv2d({ filters: 7, kernel: 3, stride: 2, init: init.he })),
    pipe(image, conv2d({ filters: 2, kernel: 3, dilation: 2, padding: 'valid' })),
    pipe(input([20, 2]), conv1d({ filters: 4, kernel: 3, stride: 2, dilation: 2, padding: 'valid' })),
  ]
  expect(sizes[2].nodes.map(({ layer }) => layer)).toEqual([
    { type: 'input', name: 'x', shape: [9, 8, 3] },
    { type: 'depthwiseConv2d', kernel: 3, stride: 2, init: { type: 'he' }, bias: false },
    { type: 'conv2d', filters: 7, kernel: 1, init: { type: 'he' } },
  ])
})

test('film is one layer of two networks', () => {
  expect(film(input([5]), label).nodes.at(-1)).toEqual({ layer: { type: 'film' }, from: [0, 1] })
})

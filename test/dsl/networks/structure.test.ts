import { describe, expect, test } from 'vitest'
import { flow, pipe } from '#fp-ts/function'
import { checkNetwork } from '../../../src/compile/network.ts'
import { leakyRelu } from '../../../src/dsl/layers/activations.ts'
import { addOutputs } from '../../../src/dsl/layers/add.ts'
import { concat } from '../../../src/dsl/layers/concat.ts'
import { conv2d } from '../../../src/dsl/layers/conv2d.ts'
import { convTranspose2d } from '../../../src/dsl/layers/convTranspose2d.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { downsample } from '../../../src/dsl/layers/downsample.ts'
import { embedding } from '../../../src/dsl/layers/embedding.ts'
import { flatten } from '../../../src/dsl/layers/flatten.ts'
import { globalAveragePool, globalMaxPool, globalSumPool } from '../../../src/dsl/layers/globalPool.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { maxout } from '../../../src/dsl/layers/maxout.ts'
import { minibatchDiscrimination } from '../../../src/dsl/layers/minibatchDiscrimination.ts'
import { minibatchStd } from '../../../src/dsl/layers/minibatchStd.ts'
import { multiplyOutputs } from '../../../src/dsl/layers/multiply.ts'
import { pixelShuffle } from '../../../src/dsl/layers/pixelShuffle.ts'
import { relu, sigmoid, tanh } from '../../../src/dsl/layers/pointwise.ts'
import { averagePool, maxPool } from '../../../src/dsl/layers/pool.ts'
import { prelu } from '../../../src/dsl/layers/prelu.ts'
import { reshape } from '../../../src/dsl/layers/reshape.ts'
import { residual } from '../../../src/dsl/layers/residual.ts'
import { selfAttention } from '../../../src/dsl/layers/selfAttention.ts'
import { total } from '../../../src/dsl/layers/total.ts'
import { upsample } from '../../../src/dsl/layers/upsample.ts'
import { toGraph } from '../../../src/dsl/networks/graph.ts'
import { type Net, outputs, share } from '../../../src/dsl/networks/net.ts'
import type { Shapes } from '../../../src/dsl/types/shape.ts'
import { right } from '../../data/files.ts'

const checked = (net: Net<Shapes>) => right(checkNetwork('N', toGraph(net, 'checked'), []))

/** The shapes are checked against the types by the compiler, and against the rules here. */
const made = <I extends Shapes, O extends readonly number[] | Shapes>(
  net: Net<I, O>,
  inputs: NoInfer<I>,
  output: NoInfer<O>,
): void => {
  const { inputs: taken, outputs } = checked(net)
  expect(taken).toEqual(inputs)
  expect(Array.isArray(output) ? outputs[''] : outputs).toEqual(output)
}

describe('the types and the rules make the same shapes', () => {
  const x: { readonly x: [8, 6, 16] } = { x: [8, 6, 16] }
  const image = input([8, 6, 16])

  test('of layers that keep the shape', () => {
    made(pipe(image, prelu, selfAttention(), selfAttention({ channels: 3 })), x, [8, 6, 16])
  })

  test('of products, sums and maxima', () => {
    made(pipe(multiplyOutputs(image, pipe(image, dense(16), sigmoid)), total), x, [8, 6, 1])
    made(pipe(input([5]), dense(48), maxout(4)), { x: [5] }, [12])
    made(pipe(image, conv2d({ filters: 8, kernel: 3 }), maxout(2)), x, [8, 6, 4])
    made(pipe(input([10], 'label'), embedding(32)), { label: [10] }, [32])
  })

  test('of larger and smaller images', () => {
    made(pipe(image, upsample(2)), x, [16, 12, 16])
    made(pipe(image, upsample(3, { method: 'bilinear' })), x, [24, 18, 16])
    made(pipe(image, downsample(2)), x, [4, 3, 16])
    made(pipe(image, downsample(4, { method: 'bilinear' })), x, [2, 1, 16])
    made(pipe(image, averagePool(2)), x, [4, 3, 16])
    made(pipe(image, maxPool(4)), x, [2, 1, 16])
    made(pipe(image, pixelShuffle(2)), x, [16, 12, 4])
    made(pipe(image, globalAveragePool), x, [16])
    made(pipe(image, globalMaxPool), x, [16])
    made(pipe(image, globalSumPool), x, [16])
  })

  test('of statistics of the batch', () => {
    made(pipe(image, minibatchStd()), x, [8, 6, 17])
    made(pipe(input([30]), minibatchDiscrimination({ features: 50, dimensions: 5 })), { x: [30] }, [80])
  })

  test('where a factor is no literal, the sizes are open and the rules find them', () => {
    const factor = Number('3')
    expect(checked(pipe(image, upsample(factor), conv2d({ filters: 2, kernel: 3 }))).outputs).toEqual({
      '': [24, 18, 2],
    })
  })
})

describe('networks that branch stay typed', () => {
  test('sizes stay literal within every notation', () => {
    const image = input([8, 8, 16])
    const wide = <const F extends number>(filters: F) => flow(conv2d({ filters, kernel: 3 }), relu)
    made(pipe(image, residual(flow(relu, conv2d({ filters: 16, kernel: 3 })))), { x: [8, 8, 16] }, [8, 8, 16])
    made(pipe(image, residual(flow(relu, conv2d({ filters: 4, kernel: 3 })), wide(4))), { x: [8, 8, 16] }, [8, 8, 4])
    made(concat(image, pipe(image, conv2d({ filters: 5, kernel: 3 }))), { x: [8, 8, 16] }, [8, 8, 21])
    made(
      pipe(
        image,
        share((h) => outputs({ same: h, half: pipe(h, conv2d({ filters: 7, kernel: 3, stride: 2 })) })),
      ),
      { x: [8, 8, 16] },
      { same: [8, 8, 16], half: [4, 4, 7] },
    )
  })

  test('a residual block of layers, with and without a shortcut, one within another', () => {
    const convolution = <F extends number>(filters: F) => conv2d({ filters, kernel: 3 })
    const net = pipe(
      input([8, 8, 3]),
      convolution(4),
      residual(flow(relu, convolution(4), relu, convolution(4))),
      residual(flow(relu, convolution(8), averagePool(2)), flow(averagePool(2), convolution(8))),
      residual((h) => pipe(h, convolution(8), residual(flow(relu, convolution(8))))),
      globalSumPool,
    )
    made(net, { x: [8, 8, 3] }, [8])
    expect(net.nodes.filter(({ layer }) => layer.type === 'add')).toHaveLength(4)
  })

  test('a residual block that reads a label', () => {
    const net = pipe(
      input([8]),
      residual((h) => pipe(concat(h, input([3], 'label')), dense(8), relu)),
    )
    made(net, { x: [8], label: [3] }, [8])
    expect(net.nodes.map(({ layer, from }) => `${layer.type} ${from}`)).toEqual([
      'input ',
      'input ',
      'concat 0,1',
      'dense 2',
      'relu 3',
      'add 0,4',
    ])
  })

  test('U-Net: skips over everything between two scales (Isola et al. 2017, section 3.2)', () => {
    const down = <F extends number>(filters: F) => flow(conv2d({ filters, kernel: 4, stride: 2 }), leakyRelu(0.2))
    const up = <F extends number>(filters: F) => flow(convTranspose2d({ filters, kernel: 4, stride: 2 }), relu)
    const net = pipe(
      input([28, 28, 1]),
      share((full) =>
        pipe(
          full,
          down(16),
          share((half) => concat(half, pipe(half, down(32), up(16)))),
          up(8),
          (h) => concat(full, h),
        ),
      ),
      conv2d({ filters: 1, kernel: 3 }),
      tanh,
    )
    made(net, { x: [28, 28, 1] }, [28, 28, 1])
    const shapes = checked(net).nodes.flatMap(({ node, shape }) => (node.layer.type === 'concat' ? [shape] : []))
    expect(shapes).toEqual([
      [14, 14, 32],
      [28, 28, 9],
    ])
  })

  test('a projection discriminator: psi(phi(x)) + y . V phi(x) (Miyato and Koyama 2018, equation 3)', () => {
    const net = pipe(
      input([28, 28, 1]),
      residual(flow(relu, conv2d({ filters: 8, kernel: 3 }), averagePool(2)), flow(averagePool(2), dense(8))),
      relu,
      globalSumPool,
      share((phi) =>
        addOutputs(pipe(phi, dense(1)), pipe(multiplyOutputs(phi, pipe(input([10], 'label'), embedding(8))), total)),
      ),
    )
    made(net, { x: [28, 28, 1], label: [10] }, [1])
  })

  test('a generator of a latent, a label and a style, of which it makes an image and a mask', () => {
    const net = pipe(
      concat(input([16], 'z'), pipe(input([10], 'label'), embedding(4))),
      dense(98),
      reshape([7, 7, 2]),
      share((h) => multiplyOutputs(h, pipe(input([3], 'style'), dense(98), reshape([7, 7, 2])))),
      upsample(2),
      share((h) =>
        outputs({
          image: pipe(h, upsample(2), conv2d({ filters: 1, kernel: 3 }), tanh),
          mask: pipe(h, conv2d({ filters: 1, kernel: 1 }), sigmoid),
        }),
      ),
    )
    made(net, { z: [16], label: [10], style: [3] }, { image: [28, 28, 1], mask: [14, 14, 1] })
  })

  test('a critic whose trunk feeds a judgement and a class', () => {
    const net = pipe(
      input([28, 28, 1]),
      conv2d({ filters: 8, kernel: 4, stride: 4 }),
      minibatchStd(),
      flatten,
      share((h) =>
        outputs({
          real: pipe(h, minibatchDiscrimination({ features: 5, dimensions: 3 }), dense(1)),
          label: pipe(h, dense(10)),
        }),
      ),
    )
    made(net, { x: [28, 28, 1] }, { real: [1], label: [10] })
  })
})

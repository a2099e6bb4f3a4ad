import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, rule } from './rule.ts'

export interface PixelNormLayer {
  readonly type: 'pixelNorm'
}

/** As in the paper. Added to the mean square, to avoid a division by 0. */
const epsilon = 1e-8

/**
 * Pixel norm (Karras et al. 2018, section 4.2): divides each pixel's vector of channels (the last axis) by its root mean square. Has no
 * trained parameters.
 *
 * @example pipe(input([64]), pixelNorm, dense(64), leakyRelu(0.2))
 */
export const pixelNorm: Same = /* @__PURE__ */ append({ type: 'pixelNorm' })

export const pixelNormDefinition: LayerDefinition<PixelNormLayer, 1> = {
  codec: () => struct({ type: t.literal('pixelNorm') }),
  arity: 1,
  mixesSamples: false,
  shape: (_, [x]) => rule([checkHasAxis(x)], x),
  parameters: () => ({}),
  degenerate: (_, { inputs: [x] }) =>
    x.at(-1) === 1
      ? {
          leaves: 'something',
          message: 'divides each number by its own magnitude, so only its sign is left, and almost no gradient passes',
          hint: 'Take it out, or give its input more channels.',
        }
      : undefined,
  slots: () => ({}),
  lower: (_, { builder: b }, [x]) => {
    const shape = b.shape(x)
    const square = b.reshape(b.mean(b.square(x), [shape.length - 1]), [...shape.slice(0, -1), 1])
    return b.mul(x, b.rsqrt(b.add(square, b.number(epsilon))))
  },
}

import type { Problem } from '../../errors/specError.ts'
import type { Layer } from './table.ts'

/** The layers that have weights. */
type Weighted = Layer extends infer L
  ? L extends { readonly type: string }
    ? 'weights' extends keyof L
      ? L
      : never
    : never
  : never

const weighted: { readonly [K in Weighted['type']]: true } = {
  dense: true,
  conv2d: true,
  convTranspose2d: true,
  conv1d: true,
  depthwiseConv2d: true,
  modulatedConv2d: true,
  film: true,
  selfAttention: true,
  minibatchDiscrimination: true,
}

export const isWeighted = (layer: Layer): layer is Weighted => layer.type in weighted

/** A rule for weights of a layer that has none. */
export const checkRule = (layer: Layer): Problem | undefined =>
  !isWeighted(layer) && 'weights' in layer
    ? {
        expected: `a layer of weights: ${Object.keys(weighted).join(', ')}`,
        found: `${layer.type}, which has none`,
        hint: 'Put spectralNorm, weightNorm or equalised around the layers whose weights it is for.',
      }
    : undefined

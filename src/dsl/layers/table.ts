import type { Member } from '../../codecs/tagged.ts'
import { type ActivationLayer, activationDefinition } from './activation.ts'
import { activationDefinitions, type LeakyReluLayer, type PlainActivation } from './activations.ts'
import { type AddLayer, addDefinition } from './add.ts'
import { type BatchNormLayer, batchNormDefinition } from './batchNorm.ts'
import { type ConcatLayer, concatDefinition } from './concat.ts'
import { type Conv1dLayer, conv1dDefinition } from './conv1d.ts'
import { type Conv2dLayer, conv2dDefinition } from './conv2d.ts'
import { type ConvTranspose2dLayer, convTranspose2dDefinition } from './convTranspose2d.ts'
import { type DenseLayer, denseDefinition } from './dense.ts'
import { type DepthwiseConv2dLayer, depthwiseConv2dDefinition } from './depthwiseConv2d.ts'
import { type DownsampleLayer, downsampleDefinition } from './downsample.ts'
import { type DropoutLayer, dropoutDefinition } from './dropout.ts'
import { type FilmLayer, filmDefinition } from './film.ts'
import { type FlattenLayer, flattenDefinition } from './flatten.ts'
import { type GaussianNoiseLayer, gaussianNoiseDefinition } from './gaussianNoise.ts'
import { type GlobalPoolLayer, globalPoolDefinition } from './globalPool.ts'
import { type GroupNormLayer, groupNormDefinition } from './groupNorm.ts'
import { type InputLayer, inputDefinition } from './input.ts'
import { type InstanceNormLayer, instanceNormDefinition } from './instanceNorm.ts'
import type { LayerDefinition } from './layer.ts'
import { type LayerNormLayer, layerNormDefinition } from './layerNorm.ts'
import { type MaxoutLayer, maxoutDefinition } from './maxout.ts'
import { type MinibatchDiscriminationLayer, minibatchDiscriminationDefinition } from './minibatchDiscrimination.ts'
import { type MinibatchStdLayer, minibatchStdDefinition } from './minibatchStd.ts'
import { type ModulatedConv2dLayer, modulatedConv2dDefinition } from './modulatedConv2d.ts'
import { type MultiplyLayer, multiplyDefinition } from './multiply.ts'
import { type NoiseInjectionLayer, noiseInjectionDefinition } from './noiseInjection.ts'
import { type ParameterLayer, parameterDefinition } from './parameter.ts'
import { type PixelNormLayer, pixelNormDefinition } from './pixelNorm.ts'
import { type PixelShuffleLayer, pixelShuffleDefinition } from './pixelShuffle.ts'
import { type PoolLayer, poolDefinition } from './pool.ts'
import { type PreluLayer, preluDefinition } from './prelu.ts'
import { type ReshapeLayer, reshapeDefinition } from './reshape.ts'
import { type SelfAttentionLayer, selfAttentionDefinition } from './selfAttention.ts'
import { type SoftmaxLayer, softmaxDefinition } from './softmax.ts'
import { type TotalLayer, totalDefinition } from './total.ts'
import { type TruncationLayer, truncationDefinition } from './truncation.ts'
import { type UpsampleLayer, upsampleDefinition } from './upsample.ts'

/** Every kind of layer, as it is stored. */
export type Layer =
  | InputLayer
  | ParameterLayer
  | DenseLayer
  | Conv2dLayer
  | ConvTranspose2dLayer
  | Conv1dLayer
  | DepthwiseConv2dLayer
  | FilmLayer
  | ModulatedConv2dLayer
  | ReshapeLayer
  | FlattenLayer
  | BatchNormLayer
  | LayerNormLayer
  | GaussianNoiseLayer
  | GroupNormLayer
  | InstanceNormLayer
  | NoiseInjectionLayer
  | PixelNormLayer
  | DropoutLayer
  | PlainActivation
  | LeakyReluLayer
  | ActivationLayer
  | SoftmaxLayer
  | ConcatLayer
  | AddLayer
  | MultiplyLayer
  | TotalLayer
  | PreluLayer
  | MaxoutLayer
  | PoolLayer
  | GlobalPoolLayer
  | UpsampleLayer
  | DownsampleLayer
  | PixelShuffleLayer
  | SelfAttentionLayer
  | MinibatchStdLayer
  | MinibatchDiscriminationLayer
  | TruncationLayer

export const layerTable: { readonly [K in Layer['type']]: LayerDefinition<Member<Layer, 'type', K>> } = {
  input: inputDefinition,
  parameter: parameterDefinition,
  dense: denseDefinition,
  conv2d: conv2dDefinition,
  convTranspose2d: convTranspose2dDefinition,
  conv1d: conv1dDefinition,
  depthwiseConv2d: depthwiseConv2dDefinition,
  film: filmDefinition,
  modulatedConv2d: modulatedConv2dDefinition,
  reshape: reshapeDefinition,
  flatten: flattenDefinition,
  batchNorm: batchNormDefinition,
  layerNorm: layerNormDefinition,
  gaussianNoise: gaussianNoiseDefinition,
  groupNorm: groupNormDefinition,
  instanceNorm: instanceNormDefinition,
  noiseInjection: noiseInjectionDefinition,
  pixelNorm: pixelNormDefinition,
  dropout: dropoutDefinition,
  ...activationDefinitions,
  activation: activationDefinition,
  softmax: softmaxDefinition,
  concat: concatDefinition,
  add: addDefinition,
  multiply: multiplyDefinition,
  total: totalDefinition,
  prelu: preluDefinition,
  maxout: maxoutDefinition,
  pool: poolDefinition,
  globalPool: globalPoolDefinition,
  upsample: upsampleDefinition,
  downsample: downsampleDefinition,
  pixelShuffle: pixelShuffleDefinition,
  selfAttention: selfAttentionDefinition,
  minibatchStd: minibatchStdDefinition,
  minibatchDiscrimination: minibatchDiscriminationDefinition,
  truncation: truncationDefinition,
}

/** The definition of a layer's own kind. */
export const definitionOf = <L extends Layer>(layer: L): LayerDefinition<L> =>
  // TypeScript does not see that the type at a key and the definition at that key belong together.
  layerTable[layer.type] as unknown as LayerDefinition<L>

// Every kind of layer, by its `type`: one row each.

export { activationDefinition as activation } from './activation.ts'
export {
  eluDefinition as elu,
  geluDefinition as gelu,
  identityDefinition as identity,
  leakyReluDefinition as leakyRelu,
  reluDefinition as relu,
  seluDefinition as selu,
  sigmoidDefinition as sigmoid,
  siluDefinition as silu,
  softplusDefinition as softplus,
  tanhDefinition as tanh,
} from './activations.ts'
export { addDefinition as add } from './add.ts'
export { batchNormDefinition as batchNorm } from './batchNorm.ts'
export { concatDefinition as concat } from './concat.ts'
export { conv1dDefinition as conv1d } from './conv1d.ts'
export { conv2dDefinition as conv2d } from './conv2d.ts'
export { convTranspose2dDefinition as convTranspose2d } from './convTranspose2d.ts'
export { denseDefinition as dense } from './dense.ts'
export { depthwiseConv2dDefinition as depthwiseConv2d } from './depthwiseConv2d.ts'
export { downsampleDefinition as downsample } from './downsample.ts'
export { dropoutDefinition as dropout } from './dropout.ts'
export { filmDefinition as film } from './film.ts'
export { flattenDefinition as flatten } from './flatten.ts'
export { gaussianNoiseDefinition as gaussianNoise } from './gaussianNoise.ts'
export { globalPoolDefinition as globalPool } from './globalPool.ts'
export { groupNormDefinition as groupNorm } from './groupNorm.ts'
export { inputDefinition as input } from './input.ts'
export { instanceNormDefinition as instanceNorm } from './instanceNorm.ts'
export { layerNormDefinition as layerNorm } from './layerNorm.ts'
export { maxoutDefinition as maxout } from './maxout.ts'
export { minibatchDiscriminationDefinition as minibatchDiscrimination } from './minibatchDiscrimination.ts'
export { minibatchStdDefinition as minibatchStd } from './minibatchStd.ts'
export { modulatedConv2dDefinition as modulatedConv2d } from './modulatedConv2d.ts'
export { multiplyDefinition as multiply } from './multiply.ts'
export { noiseInjectionDefinition as noiseInjection } from './noiseInjection.ts'
export { parameterDefinition as parameter } from './parameter.ts'
export { pixelNormDefinition as pixelNorm } from './pixelNorm.ts'
export { pixelShuffleDefinition as pixelShuffle } from './pixelShuffle.ts'
export { poolDefinition as pool } from './pool.ts'
export { preluDefinition as prelu } from './prelu.ts'
export { reshapeDefinition as reshape } from './reshape.ts'
export { selfAttentionDefinition as selfAttention } from './selfAttention.ts'
export { softmaxDefinition as softmax } from './softmax.ts'
export { totalDefinition as total } from './total.ts'
export { truncationDefinition as truncation } from './truncation.ts'
export { upsampleDefinition as upsample } from './upsample.ts'

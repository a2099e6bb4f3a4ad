import * as t from '#io-ts'
import type { OptionFields } from '../../codecs/argument.ts'
import type { Problem } from '../../errors/specError.ts'
import type { NodeId } from '../../ir/program.ts'
import type { Initializer } from '../initializers/initializer.ts'
import { initializerKind } from '../initializers/initializer.ts'
import type { LayerContext, LayerSlot, ParameterSpec } from './layer.ts'
import { type Kernel, nameOf } from './weightRule.ts'
import { type WeightRule, weightRuleKind } from './weightRules.ts'

/** The shared fields of layers with weights. */
export interface WeightOptions {
  /** Whether to add a trained bias, initially 0, to each unit or channel; true by default. */
  readonly bias?: boolean
  /** How the weights start. Glorot's initialiser by default. */
  readonly init?: Initializer
  /** The weight rule, such as `spectralNorm`. By default the trained tensors are the weights. */
  readonly weights?: WeightRule
}

/** The options, for the constructors' checks. */
export const weightOptionFields: OptionFields<WeightOptions> = {
  bias: 'optional',
  init: 'optional',
  weights: 'optional',
}

export const weightOptions = () => ({ bias: t.boolean, init: initializerKind.codec, weights: weightRuleKind.codec })

const initOf = ({ init, weights }: WeightOptions): Initializer =>
  init ?? (weights === undefined ? { type: 'glorot' } : weightRuleKind.definitionOf(weights).init(weights))

/** The problems of a layer's weight options. */
export const checkWeights = (options: WeightOptions): Problem | undefined => {
  const { weights } = options
  return weights === undefined ? undefined : weightRuleKind.definitionOf(weights).check(weights, initOf(options))
}

/** The stored kernel, and additional trained tensors of its rule. */
export const kernelParameters = (
  options: WeightOptions,
  kernel: Kernel,
): { readonly [name: string]: ParameterSpec } => {
  const init = initOf(options)
  const { weights } = options
  return {
    [nameOf(kernel)]: { shape: kernel.shape, fanIn: kernel.fanIn, fanOut: kernel.fanOut, init },
    ...(weights === undefined ? {} : weightRuleKind.definitionOf(weights).parameters(weights, kernel, init)),
  }
}

/** The bias of each unit or channel, initially 0. */
export const biasParameter = ({ fanIn, fanOut }: Kernel, channels: number): ParameterSpec => ({
  shape: [channels],
  fanIn,
  fanOut,
  init: { type: 'zeros' },
})

/** A layer's `kernel` and, unless it is switched off, its `bias`. */
export const weights = (
  options: WeightOptions,
  kernel: Kernel,
  channels: number,
): { readonly [name: string]: ParameterSpec } => ({
  ...kernelParameters(options, kernel),
  ...(options.bias === false ? {} : { bias: biasParameter(kernel, channels) }),
})

/** The slots of a kernel's rule. */
export const weightSlots = ({ weights }: WeightOptions, kernel: Kernel): { readonly [name: string]: LayerSlot } =>
  weights === undefined ? {} : weightRuleKind.definitionOf(weights).slots(weights, kernel)

/** The kernel that a layer uses. All layers compute it here. */
export const kernelOf = ({ weights }: WeightOptions, context: LayerContext, kernel: Kernel): NodeId => {
  const stored = context.parameter(nameOf(kernel))
  return weights === undefined ? stored : weightRuleKind.definitionOf(weights).make(weights, context, kernel, stored)
}

/** The bias that a layer uses. */
export const biasOf = ({ weights }: WeightOptions, { builder: b, parameter }: LayerContext, name: string): NodeId => {
  const scale = weights === undefined ? 1 : weightRuleKind.definitionOf(weights).biasScale(weights)
  return scale === 1 ? parameter(name) : b.mul(parameter(name), b.number(scale))
}

export const addBias = (options: WeightOptions, context: LayerContext, y: NodeId): NodeId =>
  options.bias === false ? y : context.builder.add(y, biasOf(options, context, 'bias'))

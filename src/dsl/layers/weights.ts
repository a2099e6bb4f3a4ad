import * as t from '#io-ts'
import type { OptionFields } from '../../codecs/argument.ts'
import type { Problem } from '../../errors/specError.ts'
import type { NodeId } from '../../ir/program.ts'
import type { Initializer } from '../initializers/initializer.ts'
import { initializerKind } from '../initializers/initializer.ts'
import type { LayerContext, LayerSlot, ParameterSpec } from './layer.ts'
import { type Kernel, nameOf } from './weightRule.ts'
import { type WeightRule, weightRuleKind } from './weightRules.ts'

/** What layers of weights have in common. */
export interface WeightOptions {
  /** Whether a trained number, at first 0, is added to each unit or channel; true where absent. */
  readonly bias?: boolean
  /** How the weights start; Glorot's initialiser where absent. */
  readonly init?: Initializer
  /** How the weights are made of what is trained, as `spectralNorm` and its like say it; they are it where absent. */
  readonly weights?: WeightRule
}

/** As constructors check them. */
export const weightOptionFields: OptionFields<WeightOptions> = {
  bias: 'optional',
  init: 'optional',
  weights: 'optional',
}

export const weightOptions = () => ({ bias: t.boolean, init: initializerKind.codec, weights: weightRuleKind.codec })

const initOf = ({ init, weights }: WeightOptions): Initializer =>
  init ?? (weights === undefined ? { type: 'glorot' } : weightRuleKind.definitionOf(weights).init(weights))

/** What may be wrong with a layer's options of weights. */
export const checkWeights = (options: WeightOptions): Problem | undefined => {
  const { weights } = options
  return weights === undefined ? undefined : weightRuleKind.definitionOf(weights).check(weights, initOf(options))
}

/** A kernel as it is stored, with what its rule trains beside it. */
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

/** A number to be added to each unit or channel, at first 0. */
export const biasParameter = ({ fanIn, fanOut }: Kernel, channels: number): ParameterSpec => ({
  shape: [channels],
  fanIn,
  fanOut,
  init: { type: 'zeros' },
})

/** A layer's `kernel` and, unless it goes without, its `bias`. */
export const weights = (
  options: WeightOptions,
  kernel: Kernel,
  channels: number,
): { readonly [name: string]: ParameterSpec } => ({
  ...kernelParameters(options, kernel),
  ...(options.bias === false ? {} : { bias: biasParameter(kernel, channels) }),
})

/** What the rule of a kernel remembers. */
export const weightSlots = ({ weights }: WeightOptions, kernel: Kernel): { readonly [name: string]: LayerSlot } =>
  weights === undefined ? {} : weightRuleKind.definitionOf(weights).slots(weights, kernel)

/** The kernel that a layer works with: the one place where it is made. */
export const kernelOf = ({ weights }: WeightOptions, context: LayerContext, kernel: Kernel): NodeId => {
  const stored = context.parameter(nameOf(kernel))
  return weights === undefined ? stored : weightRuleKind.definitionOf(weights).make(weights, context, kernel, stored)
}

/** The bias of that name that a layer works with. */
export const biasOf = ({ weights }: WeightOptions, { builder: b, parameter }: LayerContext, name: string): NodeId => {
  const scale = weights === undefined ? 1 : weightRuleKind.definitionOf(weights).biasScale(weights)
  return scale === 1 ? parameter(name) : b.mul(parameter(name), b.number(scale))
}

export const addBias = (options: WeightOptions, context: LayerContext, y: NodeId): NodeId =>
  options.bias === false ? y : context.builder.add(y, biasOf(options, context, 'bias'))

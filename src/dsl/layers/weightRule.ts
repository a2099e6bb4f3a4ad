import type * as t from '#io-ts'
import type { Problem } from '../../errors/specError.ts'
import type { Builder } from '../../ir/builder.ts'
import { at } from '../../ir/present.ts'
import { type NodeId, type Shape, size } from '../../ir/program.ts'
import type { Initializer } from '../initializers/initializer.ts'
import type { LayerContext, LayerSlot, ParameterSpec } from './layer.ts'

/** A layer's tensor of weights. */
export interface Kernel {
  /** `kernel` by default. */
  readonly name?: string
  readonly shape: Shape
  readonly fanIn: number
  readonly fanOut: number
  /** The axes, ascending, of the layer's units or channels, each of which has its own weights. The last axis by default. */
  readonly outputs?: readonly number[]
}

/** A weight rule: how the kernel that a layer uses is computed from stored and trained tensors. One file, one row of the table. */
export interface WeightRuleDefinition<R> {
  readonly codec: () => t.Type<R, unknown>
  readonly check: (rule: R, init: Initializer) => Problem | undefined
  /** The default initialiser of the stored kernel. */
  readonly init: (rule: R) => Initializer
  /** Additional trained tensors. */
  readonly parameters: (rule: R, kernel: Kernel, init: Initializer) => { readonly [name: string]: ParameterSpec }
  readonly slots: (rule: R, kernel: Kernel) => { readonly [name: string]: LayerSlot }
  /** The kernel that the layer uses. */
  readonly make: (rule: R, context: LayerContext, kernel: Kernel, stored: NodeId) => NodeId
  /** The factor of the stored bias. */
  readonly biasScale: (rule: R) => number
}

/** The problem of weights that start at 0, for rules that divide by a norm. */
export const checkNotZero = (rule: string, init: Initializer): Problem | undefined =>
  init.type === 'zeros' || (init.type === 'constant' && init.value === 0)
    ? {
        expected: `an initialiser other than 0 under ${rule}`,
        found: 'weights of 0',
        hint: 'Use another initialiser, for example init.glorot.',
      }
    : undefined

export const nameOf = ({ name = 'kernel' }: Kernel): string => name

export const outputsOf = ({ shape, outputs = [shape.length - 1] }: Kernel): readonly number[] => outputs

/** The axes of one unit's weights. */
export const inputsOf = (kernel: Kernel): readonly number[] =>
  kernel.shape.flatMap((_, axis) => (outputsOf(kernel).includes(axis) ? [] : [axis]))

/** The sizes of the unit axes of a kernel. */
export const outputSizes = (kernel: Kernel): Shape => outputsOf(kernel).map((axis) => at(kernel.shape, axis))

export const unitsOf = (kernel: Kernel): number => size(outputSizes(kernel))

/** A kernel as the matrix of its units: `[weights of a unit, units]`. */
export const asMatrix = (b: Builder, kernel: Kernel, stored: NodeId): NodeId => {
  const units = unitsOf(kernel)
  const moved = b.transpose(stored, [...inputsOf(kernel), ...outputsOf(kernel)])
  return b.reshape(moved, [size(kernel.shape) / units, units])
}

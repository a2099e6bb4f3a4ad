import type * as t from '#io-ts'
import type { Problem } from '../../errors/specError.ts'
import type { Builder } from '../../ir/builder.ts'
import { at } from '../../ir/present.ts'
import { type NodeId, type Shape, size } from '../../ir/program.ts'
import type { Initializer } from '../initializers/initializer.ts'
import type { LayerContext, LayerSlot, ParameterSpec } from './layer.ts'

/** A layer's tensor of weights. */
export interface Kernel {
  /** `kernel` where absent. */
  readonly name?: string
  readonly shape: Shape
  readonly fanIn: number
  readonly fanOut: number
  /** The axes, ascending, of the layer's units or channels: each has weights of its own. The last where absent. */
  readonly outputs?: readonly number[]
}

/** A way in which a layer's kernel is made of what is stored and trained: one file, one row of the table. */
export interface WeightRuleDefinition<R> {
  readonly codec: () => t.Type<R, unknown>
  readonly check: (rule: R, init: Initializer) => Problem | undefined
  /** How the stored kernel starts where the layer does not say. */
  readonly init: (rule: R) => Initializer
  /** What is trained beside the stored kernel. */
  readonly parameters: (rule: R, kernel: Kernel, init: Initializer) => { readonly [name: string]: ParameterSpec }
  readonly slots: (rule: R, kernel: Kernel) => { readonly [name: string]: LayerSlot }
  /** The kernel that the layer works with. */
  readonly make: (rule: R, context: LayerContext, kernel: Kernel, stored: NodeId) => NodeId
  /** What the stored bias is multiplied by. */
  readonly biasScale: (rule: R) => number
}

/** A rule that works with a unit's direction, or divides by a length, needs weights that are not all 0. */
export const checkNotZero = (rule: string, init: Initializer): Problem | undefined =>
  init.type === 'zeros' || (init.type === 'constant' && init.value === 0)
    ? {
        expected: `an initialiser other than 0 under ${rule}`,
        found: 'weights of 0',
        hint: 'Let the weights start otherwise, with init.glorot for instance.',
      }
    : undefined

export const nameOf = ({ name = 'kernel' }: Kernel): string => name

export const outputsOf = ({ shape, outputs = [shape.length - 1] }: Kernel): readonly number[] => outputs

/** The axes over which one unit has its weights. */
export const inputsOf = (kernel: Kernel): readonly number[] =>
  kernel.shape.flatMap((_, axis) => (outputsOf(kernel).includes(axis) ? [] : [axis]))

/** The sizes of the axes of a kernel's units. */
export const outputSizes = (kernel: Kernel): Shape => outputsOf(kernel).map((axis) => at(kernel.shape, axis))

export const unitsOf = (kernel: Kernel): number => size(outputSizes(kernel))

/** A kernel as the matrix of its units: `[weights of a unit, units]`. */
export const asMatrix = (b: Builder, kernel: Kernel, stored: NodeId): NodeId => {
  const units = unitsOf(kernel)
  const moved = b.transpose(stored, [...inputsOf(kernel), ...outputsOf(kernel)])
  return b.reshape(moved, [size(kernel.shape) / units, units])
}

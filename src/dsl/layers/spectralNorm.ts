import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import type { Builder } from '../../ir/builder.ts'
import type { NodeId } from '../../ir/program.ts'
import { asMatrix, checkNotZero, nameOf, unitsOf, type WeightRuleDefinition } from './weightRule.ts'

export interface SpectralNorm {
  readonly type: 'spectralNorm'
}

/** The smallest norm to divide by, so that weights of 0 stay 0. */
const smallest = 1e-12

const unit = (b: Builder, x: NodeId): NodeId => b.div(x, b.maximum(b.sqrt(b.sum(b.square(x))), b.number(smallest)))

/**
 * Divides the kernel, as the matrix of its units, by its largest singular value sigma = u^T W v. One power iteration from the stored u
 * gives u and v, which count as constants in derivatives. u starts standard normal. In training, the new u is stored once per update of
 * the network's owner.
 */
export const spectralNormDefinition: WeightRuleDefinition<SpectralNorm> = {
  codec: () => struct({ type: t.literal('spectralNorm') }),
  check: (_, init) => checkNotZero('spectralNorm', init),
  init: () => ({ type: 'glorot' }),
  parameters: () => ({}),
  slots: (_, kernel) => ({ [slotOf(nameOf(kernel))]: { shape: [unitsOf(kernel)], initial: 'normal' } }),
  make: (_, { builder: b, slot, feed, training }, kernel, stored) => {
    const units = unitsOf(kernel)
    const name = slotOf(nameOf(kernel))
    const matrix = asMatrix(b, kernel, stored)
    const fixed = b.stopGradient(matrix)
    const v = unit(b, b.matmul(fixed, b.reshape(slot(name), [units, 1])))
    const u = unit(b, b.matmul(fixed, v, { transposeA: true }))
    if (training) feed(name, b.reshape(u, [units]))
    const sigma = b.reshape(b.matmul(b.matmul(v, matrix, { transposeA: true }), u), [])
    return b.div(stored, b.maximum(sigma, b.number(smallest)))
  },
  biasScale: () => 1,
}

const slotOf = (kernel: string): string => `${kernel}.u`

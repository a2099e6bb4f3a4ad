import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { positive } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { gradientNorm } from '../dsl/terms/acrossParameters.ts'
import { add, div, minimum, mul } from '../dsl/terms/elementwise.ts'
import { withVariables } from '../dsl/terms/rewrite.ts'
import { gradient } from '../dsl/terms/variables.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'

interface ClipNorm {
  readonly type: 'clipNorm'
  readonly most: number
  readonly of: Optimizer
}

/**
 * Wraps an optimizer so that the gradient's Euclidean norm, over all of the player's parameters together, is at most `most`:
 * gradient * min(1, most / (norm + 1e-6)) (Pascanu et al. 2013, algorithm 1; PyTorch's clip_grad_norm_).
 *
 * @example clipNorm({ most: 1 }, adam({ lr: 2e-4 }))
 */
export const clipNorm = (options: { readonly most: number }, of: Optimizer): Optimizer => {
  checkOptions<{ readonly most: number }>('clipNorm', options, { most: 'required' }, 'clipNorm({}, adam({ lr: 1e-4 }))')
  return { type: 'clipNorm', most: options.most, of }
}

export const clipNormDefinition: OptimizerDefinition<ClipNorm> = {
  codec: (of) => struct({ type: t.literal('clipNorm'), most: positive, of }),
  update: ({ most, of }, updateOf) => {
    const update = updateOf(of)
    const scale = minimum(1, div(most, add(gradientNorm, 1e-6)))
    return withVariables(update, { gradient: mul(scale, gradient).term })
  },
}

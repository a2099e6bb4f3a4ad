import { checkNumbers, checkSizes } from '../codecs/argument.ts'
import { type Coefficient, checkCoefficients, times } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import { shaped } from '../dsl/objectives/shaped.ts'
import { G, type ShapedPenalty, z } from '../dsl/objectives/symbols.ts'
import { type Draw, noise } from '../dsl/terms/draw.ts'
import { add, mul, square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr } from '../dsl/terms/expression.ts'
import { slot } from '../dsl/terms/memory.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E, grad, norm, sum } from '../dsl/terms/statistics.ts'
import type { Shape } from '../ir/program.ts'

interface Weighed {
  readonly weight: Coefficient
  /** The decay of the running mean. */
  readonly decay?: number
}

type Sample = Expr<'sample', Shape>

const fields = { weight: 'required', decay: 'optional' } as const

const checkWeighed = (called: string, options: Weighed, call?: string): void => {
  checkCoefficients<Weighed>(called, options, fields, call)
  checkNumbers(called, { decay: options.decay })
}

const cost = (made: Sample, by: Sample, shape: Shape, { weight, decay = 0.99 }: Weighed, draw: Draw): Expr => {
  const pixels = shape.slice(0, -1).reduce((count, size) => count * size, 1)
  const direction = times(1 / Math.sqrt(pixels), noise('normal', shape, draw))
  const length = norm(grad(sum(mul(made, direction)), by))
  const mean = slot('pathLength', { initial: 0 }, (previous) =>
    add(mul(ranged('decay', decay), previous), mul(1 - decay, E(length))),
  )
  return times(ranged('weight', weight), E(square(sub(length, mean))))
}

/**
 * weight E[(|J'y| - a)^2], where J is the Jacobian of the sample by `by`, y is normal noise divided by the root of the number of
 * pixels, and a is the running mean of |J'y|. A step in the latent should move every image equally far. Karras et al. 2020,
 * equation 4. `by` is a draw, or a network applied to one, such as a mapping network.
 *
 * @example pathLengthOf(fake, z, [2], { weight: 2 })
 */
export const pathLengthOf = <U extends string>(
  made: Expr<'sample', Shape, U>,
  by: Expr<'sample', Shape, U>,
  shape: Shape,
  options: Weighed,
  draw: Draw = 'path',
): Expr<'batch', [], U> => {
  checkOperands('pathLengthOf', { made, by })
  checkSizes('pathLengthOf', shape, 'pathLengthOf(G(z), z, [], { weight: 2 })')
  checkWeighed('pathLengthOf', options, 'pathLengthOf(G(z), z, [2], {})')
  return { term: cost(made, by, shape, options, draw).term }
}

/**
 * Path length regularisation of the generator by its latent: Karras et al. 2020, equation 4.
 *
 * @example gan({ ...parts, penalties: [penalties.pathLength({ weight: 2 })] })
 */
export const pathLength = (options: Weighed): ShapedPenalty => {
  checkWeighed('penalties.pathLength', options)
  const { weight, decay = 0.99 } = options
  const made = shaped('penalties.pathLength', ({ sample }) => pathLengthOf(G(z), z, sample, options))
  return named('pathLength', { weight, decay }, made)
}

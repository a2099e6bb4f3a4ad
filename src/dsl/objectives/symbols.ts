import type { Shape } from '../../ir/program.ts'
import { type Expr, type Level, toTerm, type Widest } from '../terms/expression.ts'
import type { Player } from './player.ts'

/**
 * What the losses of `gan` are written over: the discriminator, the generator, the data and the latent of any gan, of any
 * shapes. `D` gives what the discriminator's last layer gives, which must be no sigmoid: a loss applies its own.
 */

/**
 * D(x), a number for each sample.
 *
 * @example const real = E(softplus(neg(symbols.D(symbols.x))))
 */
export const D = <L extends Level, U extends string>(
  x: Expr<L, Shape, U>,
): Expr<Widest<L | 'sample'>, Shape, U | 'network D'> => ({
  term: { op: 'apply', network: 'D', inputs: { x: toTerm(x, 'symbols.D') }, logits: true },
})

/**
 * G(z), a sample as the data are.
 *
 * @example const cost = E(softplus(neg(symbols.D(symbols.G(symbols.z)))))
 */
export const G = <L extends Level, U extends string>(
  z: Expr<L, Shape, U>,
): Expr<Widest<L | 'sample'>, Shape, U | 'network G'> => ({
  term: { op: 'apply', network: 'G', inputs: { x: toTerm(z, 'symbols.G') } },
})

/**
 * A sample of the data.
 *
 * @example const real = E(softplus(neg(symbols.D(symbols.x))))
 */
export const x: Expr<'sample', Shape, 'source data'> = { term: { op: 'sample', source: 'data', field: 'x' } }
/**
 * A sample of the latent.
 *
 * @example const fake = symbols.G(symbols.z)
 */
export const z: Expr<'sample', Shape, 'source latent'> = { term: { op: 'sample', source: 'latent', field: 'x' } }

/** The names of a gan that an expression may use. */
export type Uses = 'network D' | 'network G' | 'source data' | 'source latent'

/** What each of the two players of a gan wants. */
export type Loss = {
  readonly discriminator: Player<'D', Uses>
  readonly generator: Player<'G', Uses>
}

/** What a gan's discriminator pays beside its loss: it is added to what it minimises, subtracted from what it maximises. */
export type Penalty = Expr<'batch', Shape, Uses>

/** The shapes of a gan's samples and latents. */
export interface GanShapes {
  readonly sample: Shape
  readonly latent: Shape
}

/** A penalty that must know the shapes, as for noise upon samples. `gan` tells it; a game's writer does. */
export type ShapedPenalty = (shapes: GanShapes) => Penalty

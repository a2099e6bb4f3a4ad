import type { Shape } from '../../ir/program.ts'
import { type Expr, type Level, toTerm, type Widest } from '../terms/expression.ts'
import type { Player } from './player.ts'

/**
 * The symbols for writing losses: discriminator, generator, data and latent of any GAN. `D` is the output of the discriminator's last
 * layer, which must not be a sigmoid: a loss applies its own.
 */

/**
 * D(u): the discriminator's logit or score, one number per sample.
 *
 * @example const real = E(softplus(neg(symbols.D(symbols.x))))
 */
export const D = <L extends Level, U extends string>(
  x: Expr<L, Shape, U>,
): Expr<Widest<L | 'sample'>, Shape, U | 'network D'> => ({
  term: { op: 'apply', network: 'D', inputs: { x: toTerm(x, 'symbols.D') }, logits: true },
})

/**
 * G(z): a generated sample.
 *
 * @example const cost = E(softplus(neg(symbols.D(symbols.G(symbols.z)))))
 */
export const G = <L extends Level, U extends string>(
  z: Expr<L, Shape, U>,
): Expr<Widest<L | 'sample'>, Shape, U | 'network G'> => ({
  term: { op: 'apply', network: 'G', inputs: { x: toTerm(z, 'symbols.G') } },
})

/**
 * x: a real sample.
 *
 * @example const real = E(softplus(neg(symbols.D(symbols.x))))
 */
export const x: Expr<'sample', Shape, 'source data'> = { term: { op: 'sample', source: 'data', field: 'x' } }
/**
 * z: a latent sample.
 *
 * @example const fake = symbols.G(symbols.z)
 */
export const z: Expr<'sample', Shape, 'source latent'> = { term: { op: 'sample', source: 'latent', field: 'x' } }

/** The names of a GAN that an expression may use. */
export type Uses = 'network D' | 'network G' | 'source data' | 'source latent'

/** The objectives of a GAN's two players. */
export type Loss = {
  readonly discriminator: Player<'D', Uses>
  readonly generator: Player<'G', Uses>
}

/** A penalty: added to an objective that the player minimises, subtracted from one that it maximises. */
export type Penalty = Expr<'batch', Shape, Uses>

/** The shapes of a GAN's samples and latents. */
export interface GanShapes {
  readonly sample: Shape
  readonly latent: Shape
}

/** A penalty that needs the shapes, for example to draw noise. `gan` passes them; in a `game` you do. */
export type ShapedPenalty = (shapes: GanShapes) => Penalty

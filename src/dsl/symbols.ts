import type { Shape } from '../ir/program.ts'
import type { Expr, Level, Widest } from './expression.ts'
import type { Player } from './player.ts'

/**
 * What the losses of `gan` are written over: the discriminator, the generator, the data and the latent of any gan, of any
 * shapes. `D` gives what the discriminator's last layer gives, which must be no sigmoid: a loss applies its own.
 */

/** A network as a symbol: a function of one expression, with the name that the network has in every gan. */
type Symbol<N extends string> = (<L extends Level, U extends string>(
  x: Expr<L, Shape, U>,
) => Expr<Widest<L | 'sample'>, Shape, U | `network ${N}`>) & { readonly named: N }

const symbol = <N extends string>(named: N, options: { readonly logits?: true }): Symbol<N> => {
  const apply = <L extends Level, U extends string>(
    x: Expr<L, Shape, U>,
  ): Expr<Widest<L | 'sample'>, Shape, U | `network ${N}`> => ({
    term: { op: 'apply', network: named, inputs: { x: x.term }, ...options },
  })
  return Object.assign(apply, { named })
}

/** D(x), a number for each sample. */
export const D = symbol('D', { logits: true })

/** G(z), a sample as the data are. */
export const G = symbol('G', {})

/** A sample of the data. */
export const x: Expr<'sample', Shape, 'source data'> = { term: { op: 'sample', source: 'data', field: 'x' } }
/** A sample of the latent. */
export const z: Expr<'sample', Shape, 'source latent'> = { term: { op: 'sample', source: 'latent', field: 'x' } }

type Uses = 'network D' | 'network G' | 'source data' | 'source latent'

/** What each of the two players of a gan wants. */
export type Loss = {
  readonly discriminator: Player<'D', Uses>
  readonly generator: Player<'G', Uses>
}

/** What a gan's discriminator pays beside its loss: it is added to what it minimises, subtracted from what it maximises. */
export type Penalty = Expr<'batch', Shape, Uses>

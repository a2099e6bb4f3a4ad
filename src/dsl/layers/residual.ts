import type { Shape } from '../../ir/program.ts'
import { branchFrom, join } from '../graph.ts'
import type { Inputs, Net, NoInputs } from '../net.ts'
import type { Agree, Shapes, Show } from '../shape.ts'

type Adds<I extends Shapes, S extends Shape, A extends Shape, B extends Shape> =
  Agree<A, B> extends true ? Net<I, S> : `residual adds equal shapes, not ${Show<A>} and ${Show<B>}`

/**
 * A block and a way past it, added: `residual(flow(dense(64), relu, dense(64)))` is x + block(x). He et al. 2016, equation 1. Where
 * the block changes the shape, the shortcut must make the same of it, `residual(block, dense(64))`: equation 2.
 */
export const residual =
  <S extends Shape, T extends Shape, J extends Shapes, P extends Shape = S>(
    block: (net: Net<NoInputs, S>) => Net<J, T>,
    ...[shortcut]: [shortcut?: (net: Net<NoInputs, S>) => Net<NoInputs, P>]
  ) =>
  <I extends Shapes>(net: Adds<I, S, T, P>): Net<Inputs<I, J>, T> =>
    branchFrom(net, (x) => join({ type: 'add' })(shortcut === undefined ? x : shortcut(x), block(x)))

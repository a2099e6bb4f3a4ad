import { checkFunction } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { branchFrom, join } from '../networks/graph.ts'
import type { Net, Verdict } from '../networks/net.ts'
import type { Agree, Shapes, Show } from '../types/shape.ts'

/** `Net<I, S>` where a block makes the shape `T` of it, and the way past it the same, else the message. */
type Adds<I extends Shapes, S extends Shape, T extends Shape, Past extends Shape> = Net<I, S> &
  {
    fits: unknown
    differs: `residual adds equal shapes, not ${Show<T>} and ${Show<Past>}`
  }[Verdict<Agree<Past, T>>]
/** The output shape of the shortcut; that of the input without one. Not a default of `P`, because `S` would then match any shape in a nested block. */
type Past<P extends Shape, S extends Shape> = [P] extends [never] ? S : P

/**
 * A residual connection: `residual(flow(dense(64), relu, dense(64)))` is x + block(x). He et al. 2016, equation 1. If the block changes
 * the shape, give a shortcut with the same output shape, `residual(block, dense(64))`: equation 2.
 *
 * @example pipe(input([64]), residual(flow(dense(64), relu, dense(64))))
 */
export const residual = <I extends Shapes, S extends Shape, J extends I, T extends Shape, P extends Shape = never>(
  block: (net: Net<I, S>) => Net<J, T>,
  ...[shortcut]: [shortcut?: (net: Net<I, S>) => Net<I, P>]
) => {
  const write = 'Write residual(flow(dense(64), relu, dense(64))).'
  checkFunction('residual', 'block', block, write)
  if (shortcut !== undefined) checkFunction('residual', 'shortcut', shortcut, write)
  const added = join({ type: 'add' }, 'residual')
  return (net: Adds<I, S, T, Past<P, S>>): Net<J, T> =>
    branchFrom(net, (x) => added(shortcut === undefined ? x : shortcut(x), block(x)), 'residual')
}

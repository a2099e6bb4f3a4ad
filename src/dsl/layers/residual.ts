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
/** What a shortcut makes, or what there is without one: as a default of `P`, `S` would count as any shape in a block of its own. */
type Past<P extends Shape, S extends Shape> = [P] extends [never] ? S : P

/**
 * A block and a way past it, added: `residual(flow(dense(64), relu, dense(64)))` is x + block(x). He et al. 2016, equation 1. Where
 * the block changes the shape, the shortcut must make the same of it, `residual(block, dense(64))`: equation 2.
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

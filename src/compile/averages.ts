import type { Moves, Point } from '../dynamics/moves.ts'
import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'
import type { Average } from '../spec/average.ts'
import { averageOf, type Elaborated, parametersOf, restOf } from './elaborate.ts'

/** What the averages become, given the state at the end of a step. Running statistics are copied. */
export const averaged = (
  { builder: b, start, read }: Moves,
  { game, networks }: Elaborated,
  end: Point,
): readonly (readonly [string, NodeId])[] =>
  Object.entries(game.averages ?? {}).flatMap(([network, average]) => {
    const checked = networks[network]
    const weights = parametersOf(checked).flatMap(({ name }) => {
      const from = b.from(`the average of ${name}`)
      const [before, now] = [read(start, averageOf(name)), read(end, name)]
      if (average.type === 'exponential') return [[averageOf(name), decayed(from, average, before, now)] as const]
      const { mean, rest } = meanOf(from, average, { mean: before, rest: read(start, restOf(name)) }, now)
      return [[averageOf(name), mean] as const, [restOf(name), rest] as const]
    })
    const statistics = (checked?.nodes ?? []).flatMap(({ prefix, slots }) =>
      Object.keys(slots).map((slot): readonly [string, NodeId] => [
        averageOf(`${prefix}/${slot}`),
        read(end, `${prefix}/${slot}`),
      ]),
    )
    return [...weights, ...statistics]
  })

type AverageOf<T extends Average['type']> = Extract<Average, { readonly type: T }>

const decayed = (b: Builder, { decay }: AverageOf<'exponential'>, before: NodeId, now: NodeId): NodeId =>
  b.add(before, b.mul(b.number(1 - decay), b.sub(now, before)))

/** A mean, and what is missing in it because it was rounded. */
interface Mean {
  readonly mean: NodeId
  readonly rest: NodeId
}

/**
 * The mean of one more value. A single value moves the mean of a million by less than float32 can hold, so that the mean alone
 * would stand still: what rounding kept from it is remembered and added later (Kahan 1965, compensated summation).
 */
const meanOf = (b: Builder, { from }: AverageOf<'uniform'>, { mean, rest }: Mean, now: NodeId): Mean => {
  const seen = b.add(b.sub(b.step(), b.number(from)), b.number(1))
  const part = b.div(b.number(1), b.maximum(seen, b.number(1)))
  const change = b.add(rest, b.mul(part, b.sub(b.sub(now, mean), rest)))
  const next = b.add(mean, change)
  return { mean: next, rest: b.sub(change, b.sub(next, mean)) }
}

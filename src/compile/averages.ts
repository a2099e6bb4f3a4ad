import { showStateName, type TensorName, tensorIn } from '../dsl/names/stateName.ts'
import type { Moves, Point } from '../dynamics/moves.ts'
import type { Builder } from '../ir/builder.ts'
import { present } from '../ir/present.ts'
import type { NodeId } from '../ir/program.ts'
import type { Average } from '../spec/average.ts'
import { averagesOf } from '../spec/spec.ts'
import { type Elaborated, parametersOf } from './elaborate.ts'

/** What the averages become, given the state at the end of a step. Running statistics are copied. */
export const averaged = (
  { builder: b, start, read }: Moves,
  { game, networks }: Elaborated,
  end: Point,
): readonly (readonly [string, NodeId])[] =>
  Object.entries(averagesOf(game)).flatMap(([network, average]) => {
    const checked = present(networks[network], `network ${network}`)
    const weights = parametersOf(checked).flatMap(({ id, name }) => {
      const [kept, left] = [averageOf(id), showStateName({ role: 'rest', of: id })]
      const from = b.from({ of: { type: 'average', parameter: name }, derivative: 0 })
      const [before, now] = [read(start, kept), read(end, name)]
      if (average.type === 'exponential') return [[kept, decayed(from, average, before, now)] as const]
      const { mean, rest } = meanOf(from, average, { mean: before, rest: read(start, left) }, now)
      return [[kept, mean] as const, [left, rest] as const]
    })
    const statistics = checked.nodes.flatMap(({ place, slots }) =>
      Object.keys(slots)
        .map((slot) => tensorIn(place, slot))
        .map((slot): readonly [string, NodeId] => [averageOf(slot), read(end, showStateName(slot))]),
    )
    return [...weights, ...statistics]
  })

const averageOf = (of: TensorName): string => showStateName({ role: 'average', of })

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

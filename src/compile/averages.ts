import type { Average } from '../dsl/average.ts'
import type { Moves, Point } from '../dynamics/moves.ts'
import type { Builder } from '../ir/builder.ts'
import type { NodeId } from '../ir/program.ts'
import { averageOf, type Elaborated, parametersOf } from './elaborate.ts'

/** What the averages become, given the state at the end of a step. Running statistics are copied. */
export const averaged = (
  { builder: b, start, read }: Moves,
  { game, networks }: Elaborated,
  end: Point,
): readonly (readonly [string, NodeId])[] =>
  Object.entries(game.averages ?? {}).flatMap(([network, average]) => {
    const checked = networks[network]
    const weights = parametersOf(checked).map(({ name }): readonly [string, NodeId] => [
      averageOf(name),
      blended(b.from(`the average of ${name}`), average, read(start, averageOf(name)), read(end, name)),
    ])
    const statistics = (checked?.nodes ?? []).flatMap(({ prefix, slots }) =>
      Object.keys(slots).map((slot): readonly [string, NodeId] => [
        averageOf(`${prefix}/${slot}`),
        read(end, `${prefix}/${slot}`),
      ]),
    )
    return [...weights, ...statistics]
  })

const blended = (b: Builder, average: Average, before: NodeId, now: NodeId): NodeId => {
  const towards = (part: NodeId): NodeId => b.add(before, b.mul(part, b.sub(now, before)))
  if (average.type === 'exponential') return towards(b.number(1 - average.decay))
  const seen = b.add(b.sub(b.step(), b.number(average.from)), b.number(1))
  return towards(b.div(b.number(1), b.maximum(seen, b.number(1))))
}

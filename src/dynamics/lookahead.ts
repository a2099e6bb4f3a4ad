import { type SpecError, specError } from '../errors/specError.ts'
import type { DynamicsDefinition } from './definition.ts'
import type { DynamicsOf, DynamicsSpec } from './dynamics.ts'
import type { Moves, Point } from './moves.ts'

type Lookahead = DynamicsOf<'lookahead'>

const check = ({ of, period, mix }: Lookahead, path: readonly string[]): readonly SpecError[] => [
  ...(Number.isSafeInteger(period) && period > 0
    ? []
    : [
        specError([...path, 'period'], {
          expected: 'a whole number of steps, 1 or more',
          found: `${period}`,
          hint: 'parameters are pulled back after so many steps each time',
        }),
      ]),
  ...(mix >= 0 && mix <= 1
    ? []
    : [
        specError([...path, 'mix'], {
          expected: 'a number from 0 to 1',
          found: `${mix}`,
          hint: '0.5 goes half of the way',
        }),
      ]),
  ...(of.type === 'lookahead'
    ? [
        specError([...path, 'of'], {
          expected: 'dynamics other than lookahead',
          found: 'lookahead again',
          hint: 'one slow copy of the parameters is kept',
        }),
      ]
    : []),
]

const pulled = ({ builder: b, players, owned, memory, read, start }: Moves, mix: number, end: Point): Point => {
  const parameters = [...new Set(players.flatMap(owned))]
  const back = parameters.flatMap((name) => {
    const slow = memory({ type: 'slow', parameter: name })
    const before = read(start, slow)
    const mixed = b.barrier(b.add(before, b.mul(b.number(mix), b.sub(read(end, name), before))))
    return [[name, mixed] as const, [slow, mixed] as const]
  })
  return new Map([...end, ...back])
}

/** Dynamics whose parameters are pulled back, every `period` steps, towards where they were then. */
export const lookaheadDynamics = (
  definitionOf: (dynamics: DynamicsSpec) => DynamicsDefinition<DynamicsSpec>,
): DynamicsDefinition<Lookahead> => ({
  check: (dynamics, game, path) => [
    ...check(dynamics, path),
    ...definitionOf(dynamics.of).check(dynamics.of, game, [...path, 'of']),
  ],
  updates: ({ of }, player) => definitionOf(of).updates(of, player),
  memory: ({ of }, owned) => [
    ...definitionOf(of).memory(of, owned),
    ...[...new Set(Object.values(owned).flat())].map((parameter) => ({
      memory: { type: 'slow' as const, parameter },
      start: 'copy' as const,
    })),
  ],
  play: ({ of, period, mix }, moves) => {
    const end = definitionOf(of).play(of, moves)
    return moves.due({ every: period, offset: period - 1 }) ? pulled(moves, mix, end) : end
  },
  text: ({ of, period, mix }) => `${definitionOf(of).text(of)}; lookahead every ${period} steps, by ${mix}`,
})

import * as t from '#io-ts'
import { checkRecord } from '../codecs/argument.ts'
import { dictionary } from '../codecs/dictionary.ts'
import { count } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import type { Players } from '../dsl/objectives/playerSpec.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import type { DynamicsDefinition } from './definition.ts'
import type { Dynamics } from './dynamics.ts'
import type { Moves, Point } from './moves.ts'
import { update } from './update.ts'

interface Alternating {
  readonly type: 'alternating'
  readonly counts: { readonly [player: string]: number }
}

/**
 * In each step the players update one after the other, in the order of `counts`, each this many times.
 *
 * @example gan({ ...parts, dynamics: alternating({ discriminator: 5, generator: 1 }) })
 */
export const alternating = <P extends string>(counts: { readonly [K in P]: number }): Dynamics<P> => {
  checkRecord('alternating', 'counts', counts, 'Write alternating({ discriminator: 1, generator: 1 }).')
  return { type: 'alternating', counts }
}

const isCount = (n: number | undefined): boolean => n !== undefined && Number.isSafeInteger(n) && n > 0

const check = (counts: Alternating['counts'], players: Players, path: readonly string[]): readonly SpecError[] => [
  ...Object.keys(counts)
    .filter((name) => !Object.hasOwn(players, name))
    .map((name) =>
      specError([...path, 'counts', name], {
        expected: `a player of this game: ${Object.keys(players).join(', ')}`,
        found: `'${name}'`,
        hint: 'name only players of this game',
      }),
    ),
  ...Object.keys(players)
    .filter((name) => !isCount(counts[name]))
    .map((name) =>
      specError([...path, 'counts', name], {
        expected: `a whole number of updates of ${name} in a step, 1 or more`,
        found: Object.hasOwn(counts, name) ? `${counts[name]}` : 'none',
        hint: 'give its count; to leave a network untrained, let no player own it',
      }),
    ),
]

const repeated = (moves: Moves, player: string, count: number, from: Point): Point =>
  Array.from({ length: count }, (_, index) => index).reduce(
    (point, index) => moves.apply(point, update(moves, player, index, point)),
    from,
  )

/** The players update in turn, in the order of `counts`, each against the others' newest parameters. */
export const alternatingDefinition: DynamicsDefinition<Alternating> = {
  codec: () => struct({ type: t.literal('alternating'), counts: dictionary(count, 'an object of counts by player') }),
  rules: ({ counts }) => ({
    check: (players, path) => check(counts, players, path),
    updates: (player) => counts[player] ?? 0,
    memory: () => [],
    play: (moves) =>
      Object.entries(counts).reduce((point, [player, count]) => repeated(moves, player, count, point), moves.start),
    text: `in turn: ${Object.entries(counts)
      .map(([player, count]) => `${player} ${count}`)
      .join(', ')}`,
  }),
}

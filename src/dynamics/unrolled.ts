import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { name } from '../codecs/dictionary.ts'
import { count } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import type { Players } from '../dsl/objectives/playerSpec.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { Dynamics } from './dynamics.ts'
import type { Moves, Point } from './moves.ts'
import { allAtOnce, move, type Slope, update } from './update.ts'
import { gradientAt } from './vector.ts'

interface Unrolled {
  readonly type: 'unrolled'
  readonly player: string
  readonly against: string
  readonly steps: number
}

/**
 * Unrolled GAN (Metz et al. 2017, section 2): `player` minimises its cost against `against` after `steps` more updates of the latter
 * on the same draws, and its gradient passes through these updates. All others play simultaneously.
 *
 * @example gan({ ...parts, dynamics: unrolled({ player: 'generator', against: 'discriminator', steps: 5 }) })
 */
export const unrolled = <P extends string, Q extends string>(options: {
  readonly player: P
  readonly against: Q
  readonly steps: number
}): Dynamics<P | Q> => {
  checkOptions<Omit<Unrolled, 'type'>>('unrolled', options, {
    player: 'required',
    against: 'required',
    steps: 'required',
  })
  return { type: 'unrolled', ...options }
}

/** Every step is compiled, so their number is limited. */
const mostSteps = 100

const check = (
  { player, against, steps }: Unrolled,
  players: Players,
  path: readonly string[],
): readonly SpecError[] => {
  const names = Object.keys(players)
  const absent = Object.entries({ player, against })
    .filter(([, name]) => !names.includes(name))
    .map(([field, name]) =>
      specError([...path, field], {
        expected: `a player of this game: ${names.join(', ')}`,
        found: `'${name}'`,
        hint: 'name players of this game',
      }),
    )
  const same =
    player === against
      ? [
          specError([...path, 'against'], {
            expected: 'another player',
            found: `'${against}' again`,
            hint: 'name another player, whose updates are unrolled',
          }),
        ]
      : []
  const count =
    Number.isSafeInteger(steps) && steps > 0 && steps <= mostSteps
      ? []
      : [
          specError([...path, 'steps'], {
            expected: `a whole number of steps from 1 to ${mostSteps}`,
            found: `${steps}`,
            hint: 'the paper uses 5 and 10',
          }),
        ]
  return [...absent, ...same, ...count]
}

/** The point after some updates of a player, differentiable by the starting point. */
const ahead = (moves: Moves, player: string, steps: number, here: Point): Point =>
  Array.from({ length: steps }, (_, index) => index).reduce((point, index) => {
    const { cost } = moves.costAt(player, '0', point)
    return moves.apply(point, moves.step(player, index, gradientAt(moves, cost, point, moves.owned(player)), point))
  }, here)

const seeing = (moves: Moves, { player, against, steps }: Unrolled): Slope => {
  const here = moves.asVariables(moves.start)
  const { cost, memory } = moves.costAt(player, '0', ahead(moves, against, steps, here))
  return { cost, memory, gradient: gradientAt(moves, cost, here, moves.owned(player)) }
}

/** One player moves by its gradient through another player's next updates. All others play simultaneously. */
export const unrolledDefinition: DynamicsDefinition<Unrolled> = {
  codec: () => struct({ type: t.literal('unrolled'), player: name, against: name, steps: count }),
  rules: (dynamics) => ({
    ...onceEach,
    check: (players, path) => check(dynamics, players, path),
    play: (moves) =>
      allAtOnce(moves, moves.start, (player) =>
        player === dynamics.player
          ? move(moves, player, 0, seeing(moves, dynamics), moves.start)
          : update(moves, player, 0, moves.start),
      ),
    text: textOf(dynamics),
  }),
}

const textOf = ({ player, against, steps }: Unrolled): string =>
  `all players at once, ${player} against ${against} unrolled by ${steps} step${steps === 1 ? '' : 's'}`

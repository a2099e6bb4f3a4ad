import * as E from '#fp-ts/Either'
import type { NoAnswer } from '../errors/noAnswer.ts'
import { at } from '../ir/present.ts'
import { size } from '../ir/program.ts'
import type { Coordinates, GameJacobian } from './gameJacobian.ts'
import { notMeasured } from './notMeasured.ts'
import { type Matrix, spectralRadius } from './spectrum.ts'

/** Who moves at once, each at which rate: `[{ D: 0.1, G: 0.1 }]` is a simultaneous step, `[{ D: 0.1 }, { G: 0.1 }]` an alternating one. */
export type Turns = readonly [Turn, ...Turn[]]
type Turn = { readonly [player: string]: number }

/**
 * What the distance to an equilibrium is multiplied by, in the long run, at each step of gradient descent near it: the
 * spectral radius of the product of I - rates J over the turns of a step, of the Jacobian there (Mescheder et al. 2017,
 * section 3). Left: players that move one parameter together at different rates.
 *
 * @example
 * const jacobian = await gameJacobian(trained)()
 * if (jacobian._tag === 'Right') console.log(descentFactor(jacobian.right, [{ generator: 1e-3, discriminator: 1e-3 }]))
 */
export const descentFactor = (
  { parameters, matrix }: Pick<GameJacobian, 'parameters' | 'matrix'>,
  turns: Turns,
): E.Either<NoAnswer, number> => {
  const torn = parameters.find((parameter) => turns.some((turn) => new Set(ratesOf(parameter, turn)).size > 1))
  if (torn !== undefined)
    return E.left(
      notMeasured(
        `${torn.players.join(' and ')} move ${torn.name} at different rates`,
        'Give the players of one parameter one rate.',
      ),
    )
  const mapOf = (turn: Turn): Matrix => {
    const rates = parameters.flatMap((each) => Array<number>(size(each.shape)).fill(at(ratesOf(each, turn), 0)))
    return matrix.map((row, i) => Array.from(row, (x, j) => identity(i, j) - at(rates, i) * x))
  }
  const [first, ...others] = turns
  return E.right(spectralRadius(others.reduce((before, turn) => product(mapOf(turn), before), mapOf(first))))
}

const identity = (i: number, j: number): number => (i === j ? 1 : 0)

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => Array.from(b, (_, j) => b.reduce((sum, other, k) => sum + at(row, k) * at(other, j), 0)))

/** The rate of a player who does not move in a turn. */
const still = 0

const ratesOf = ({ players }: Coordinates, turn: Turn): readonly number[] =>
  players.map((player) => turn[player] ?? still)

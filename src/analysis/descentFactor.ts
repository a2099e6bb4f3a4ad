import { Matrix } from 'ml-matrix'
import * as E from '#fp-ts/Either'
import { size } from '../ir/program.ts'
import type { Coordinates, GameJacobian } from './gameJacobian.ts'
import { spectralRadius } from './spectrum.ts'

/** Who moves at once, each at which rate: `[{ D: 0.1, G: 0.1 }]` is a simultaneous step, `[{ D: 0.1 }, { G: 0.1 }]` an alternating one. */
export type Turns = readonly { readonly [player: string]: number }[]

/**
 * What the distance to an equilibrium is multiplied by, in the long run, at each step of gradient descent near it: the
 * spectral radius of the product of I - rates J over the turns of a step, of the Jacobian there (Mescheder et al. 2017,
 * section 3). Left: players that move one parameter together at different rates.
 */
export const descentFactor = (
  { parameters, matrix }: Pick<GameJacobian, 'parameters' | 'matrix'>,
  turns: Turns,
): E.Either<string, number> => {
  const torn = parameters.find((parameter) => turns.some((turn) => new Set(ratesOf(parameter, turn)).size > 1))
  if (torn !== undefined) return E.left(`${torn.players.join(' and ')} move ${torn.name} at different rates`)
  const step = turns.reduce((before, turn) => {
    const rates = parameters.flatMap((each) => Array<number>(size(each.shape)).fill(ratesOf(each, turn)[0] ?? 0))
    const moved = matrix.map((row, i) => Array.from(row, (x, j) => (i === j ? 1 : 0) - (rates[i] ?? 0) * x))
    return new Matrix(moved).mmul(before)
  }, Matrix.eye(matrix.length))
  return E.right(spectralRadius(step.to2DArray()))
}

const ratesOf = ({ players }: Coordinates, turn: Turns[number]): readonly number[] =>
  players.map((player) => turn[player] ?? 0)

import * as E from '#fp-ts/Either'
import type { Problem } from '../../errors/specError.ts'
import type { Shape } from '../../ir/program.ts'
import { checkShape } from '../types/checkShape.ts'
import type { Typed } from './definition.ts'
import type { Level } from './expression.ts'
import { describe, isScalar, type ValueType, widest } from './valueType.ts'

/** What type rules of terms have in common. */

export const problem = (expected: string, found: string, hint: string): Problem => ({ expected, found, hint })

export const wrong = (expected: string, found: string, hint: string): Typed => E.left([problem(expected, found, hint)])

export const saidElsewhere: Typed = E.left([])

export const oneNumber: Typed = E.right({ level: 'batch', shape: [] })

/** A type whose shape the term itself says. */
export const declared = (level: Level, shape: Shape): Typed => {
  const bad = checkShape(shape)
  return bad === undefined ? E.right({ level, shape }) : E.left([bad])
}

export const notInOptimizers = (found: string): Typed =>
  wrong('numbers, parameter, gradient, updates, step, progress and slots', found, 'an optimizer can use nothing else')

/** The names that there are, for a hint: `this game has 'G', 'D'`. */
export const nearby = (kind: string, known: readonly string[]): string =>
  known.length === 0 ? `this game has no ${kind}` : `this game has ${known.map((name) => `'${name}'`).join(', ')}`

export const isOneNumber = ({ level, shape }: ValueType): boolean => level === 'batch' && isScalar(shape)

/** The type of an op of the program, applied to each value. */
export const perValue = (parts: readonly ValueType[], shape: E.Either<Problem, Shape>): Typed => {
  if (E.isLeft(shape)) return E.left([shape.left])
  return E.right({ level: widest(parts.map(({ level }) => level)), shape: shape.right })
}

/** What is wrong with numbers that an op's rule of shapes does not look at. */
export const naturalsProblem = (what: string, numbers: readonly number[]): Problem | undefined =>
  numbers.every((n) => Number.isSafeInteger(n) && n >= 0)
    ? undefined
    : problem(`${what} of whole numbers, 0 or more`, `[${numbers.join(', ')}]`, 'give one per axis')

/** What is wrong with an operand that varies by sample, where a constant is needed. */
export const constantProblem = (name: string, type: ValueType): Problem | undefined =>
  type.level === 'batch'
    ? undefined
    : problem(`a constant for ${name}`, describe(type), 'what varies by sample can be reduced with E first')

/** The first problem that there is, else the type. */
export const unless = (bad: Problem | undefined, type: () => Typed): Typed =>
  bad === undefined ? type() : E.left([bad])

import { describe } from '../dsl/terms/valueType.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import type { GameSpec } from '../spec/spec.ts'
import { infer, type Names } from './infer.ts'

/** What is wrong with what a game would show as its samples. */
export const checkSamples = (
  { samples }: Pick<GameSpec, 'samples'>,
  known: Pick<Names, 'networks' | 'sources'>,
): readonly SpecError[] => {
  if (samples === undefined) return []
  const { type, errors, slots } = infer(samples, { ...known, variables: {}, slotShape: [], place: 'objective' }, [
    'samples',
  ])
  const wrong =
    type !== undefined && type.level !== 'sample'
      ? [
          specError(['samples'], {
            expected: 'a value per sample',
            found: describe(type),
            hint: 'show what a network makes of a draw',
          }),
        ]
      : []
  const memory = slots.map(({ name }) =>
    specError(['samples'], {
      expected: 'an expression without memory',
      found: `slot '${name}'`,
      hint: 'a slot is kept by a player; show what does not depend on one',
    }),
  )
  return [...errors, ...wrong, ...memory]
}

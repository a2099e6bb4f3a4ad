import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import type { SlotUse } from '../dsl/terms/typeContext.ts'
import { describe, isScalar } from '../dsl/terms/valueType.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import { type Inferred, infer, type Names, type NoiseUse } from './infer.ts'

export interface CheckedPlayer {
  readonly errors: readonly SpecError[]
  /** Of the terms of the objective. */
  readonly types: Inferred['types']
  /** The memory that the objective holds. */
  readonly slots: readonly SlotUse[]
  readonly noises: readonly NoiseUse[]
}

/** A player's objective, and what it owns. */
export const checkPlayer = (
  player: PlayerSpec,
  { networks, sources }: Pick<Names, 'networks' | 'sources'>,
  path: readonly string[],
): CheckedPlayer => {
  const at = [...path, 'objective']
  const names: Names = { networks, sources, variables: {}, slotShape: [], place: 'objective' }
  const { type, types, errors, slots, noises } = infer(player.objective, names, at)
  const wrong =
    type !== undefined && (type.level !== 'batch' || !isScalar(type.shape))
      ? [
          specError(at, {
            expected: 'one number for the batch',
            found: describe(type),
            hint: type.level === 'batch' ? 'take its sum or mean' : 'average it over the batch with E(...)',
          }),
        ]
      : []
  return { errors: [...errors, ...wrong, ...ownershipErrors(player, networks, path)], types, slots, noises }
}

const ownershipErrors = (
  { over, objective }: PlayerSpec,
  networks: Names['networks'],
  path: readonly string[],
): readonly SpecError[] => {
  const used = new Set(
    subterms(objective).flatMap((term) => (term.op === 'apply' || term.op === 'kernels' ? [term.network] : [])),
  )
  const none = { expected: 'at least one network', found: 'none', hint: 'name the networks that this player trains' }
  if (over.length === 0) return [specError([...path, 'over'], none)]
  return over.flatMap((name, i) => {
    const at = [...path, 'over', `${i}`]
    if (!Object.hasOwn(networks, name))
      return [
        specError(at, {
          expected: `a network of this game: ${Object.keys(networks).join(', ')}`,
          found: `'${name}'`,
          hint: 'name networks that the game has',
        }),
      ]
    if (over.indexOf(name) < i)
      return [specError(at, { expected: 'each network once', found: `'${name}' again`, hint: 'drop one of them' })]
    if (used.has(name)) return []
    return [
      specError(at, {
        expected: 'a network that the objective depends on',
        found: `'${name}', which it does not mention`,
        hint: 'the player could not train it: drop it here, or write it into the objective',
      }),
    ]
  })
}

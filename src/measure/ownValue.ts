import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type Addend, addends, total, whole } from '../algebra/addends.ts'
import type { Roles } from '../compile/roles.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import type { GameSpec } from '../spec/spec.ts'
import { theoryOf } from '../theory/describe.ts'
import { askBatches, type Subject } from './ask.ts'
import { type Estimate, estimate } from './estimate.ts'
import { notMeasured } from './notMeasured.ts'
import { asking } from './setting.ts'

/** What D maximises by its own objective: the parts in which it judges samples, without penalties. */
export interface OwnValue extends Estimate {
  /** Whether the objective has penalties, which are left out. */
  readonly penalised: boolean
  /** The value of D's best reply where p_g = p_data, in words and numbers; absent where theory does not know it. */
  readonly equilibrium?: string
}

/** A game's own value on fresh draws. Left: why there is none. */
export const ownValue = (
  subject: Subject,
  roles: Roles,
  size: { readonly batch: number; readonly batches: number },
): TE.TaskEither<BackendError, E.Either<NoAnswer, OwnValue>> => {
  const { game } = subject.elaborated
  return pipe(
    judgements(game, roles),
    E.match(
      (reason) => TE.of(E.left(reason)),
      ({ value, penalised }) =>
        pipe(
          askBatches(subject, { value }, { ...size, ...asking(roles) }),
          TE.map(({ value: values = new Float32Array(0) }) => {
            const equilibrium = equilibriumOf(game, roles)
            return E.right({ ...estimate(values), penalised, ...(equilibrium !== undefined && { equilibrium }) })
          }),
        ),
    ),
  )
}

/** The addends of D's objective that are made of its scores. */
const judgements = (
  { players }: GameSpec,
  { player, critic, realScore }: Roles,
): E.Either<NoAnswer, { readonly value: Term; readonly penalised: boolean }> => {
  const { objective, goal } = players[player] ?? { objective: total([]), goal: 'maximise' }
  const isScore = (term: Term): boolean =>
    term.op === 'apply' && term.network === critic && term.output === realScore.output
  const judges = ({ term }: Addend): boolean => {
    const parts = term === undefined ? [] : subterms(term)
    return parts.some(isScore) && parts.every(({ op }) => op !== 'grad')
  }
  const all = addends(objective, goal === 'maximise' ? 1 : -1)
  const parts = all.filter((addend) => addend.term === undefined || judges(addend))
  const value = total(parts.map(whole))
  if (!parts.some(judges))
    return E.left(notMeasured(`the objective of ${player} scores no samples outside its penalties`))
  return subterms(value).some(({ op }) => op === 'slot')
    ? E.left(notMeasured(`the objective of ${player} has memory: what it is worth depends on the steps before`))
    : E.right({ value, penalised: subterms(objective).some(({ op }) => op === 'grad') })
}

const equilibriumOf = (game: GameSpec, { player, critic }: Roles): string | undefined => {
  const theory = theoryOf(game).find(
    ({ pairing: { discriminator } }) => discriminator.player === player && discriminator.network === critic,
  )
  if (theory === undefined) return undefined
  if (theory.type === 'known' && Number.isFinite(theory.equilibrium)) return theory.equilibrium.toFixed(3)
  return theory.loss?.equilibrium
}

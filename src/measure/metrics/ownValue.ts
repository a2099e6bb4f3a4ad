import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type Addend, addends, total, whole } from '../../algebra/addends.ts'
import type { Roles } from '../../compile/roles.ts'
import type { Term } from '../../dsl/terms/term.ts'
import { subterms } from '../../dsl/terms/termParts.ts'
import type { GameSpec } from '../../spec/spec.ts'
import { theoryOf } from '../../theory/describe.ts'
import { askBatches } from '../ask.ts'
import { type Estimate, estimate } from '../estimate.ts'
import { notMeasured } from '../notMeasured.ts'
import { asking } from '../setting.ts'
import { equilibriumValue } from '../textbookValue.ts'
import { type Measured, metric } from './metric.ts'
import { critic } from './needs.ts'
import { estimated, fixed } from './words.ts'

/** What D maximises by its own objective: the parts in which it judges samples, without penalties. */
export interface OwnValue extends Estimate {
  /** Whether the objective has penalties, which are left out. */
  readonly penalised: boolean
  /** The value of D's best reply where p_g = p_data, in words and numbers; absent where theory does not know it. */
  readonly equilibrium?: string
}

/** The parts of an objective that judge samples, and what is known of them. */
interface OwnObjective extends Pick<OwnValue, 'penalised' | 'equilibrium'> {
  readonly value: Term
}

/** What D maximises, without penalties. Left: why it is no value of samples. */
const ownObjective = (game: GameSpec, roles: Roles): Measured<OwnObjective> =>
  pipe(
    scores(game, roles),
    E.map((parts) => {
      const equilibrium = equilibriumOf(game, roles)
      return { ...parts, ...(equilibrium !== undefined && { equilibrium }) }
    }),
  )

/** Whether D's own objective is V, as far as theory knows: else its value is another, and has another equilibrium. */
export const playsV = (game: GameSpec, roles: Roles): boolean =>
  pipe(
    ownObjective(game, roles),
    E.match(
      () => true,
      ({ equilibrium }) => equilibrium === undefined || equilibrium === fixed(equilibriumValue),
    ),
  )

/** The addends of D's objective that are made of its scores. */
const scores = (
  { players }: GameSpec,
  { player, critic, realScore }: Roles,
): Measured<{ readonly value: Term; readonly penalised: boolean }> => {
  const { objective, goal } = players[player] ?? { objective: total([]), goal: 'maximise' }
  const isScore = (term: Term): boolean =>
    term.op === 'apply' && term.network === critic && term.output === realScore.output
  const isOwnScore = ({ term }: Addend): boolean => {
    const parts = term === undefined ? [] : subterms(term)
    return parts.some(isScore) && parts.every(({ op }) => op !== 'grad')
  }
  const all = addends(objective, goal === 'maximise' ? 1 : -1)
  const parts = all.filter((addend) => addend.term === undefined || isOwnScore(addend))
  const value = total(parts.map(whole))
  if (!parts.some(isOwnScore))
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

/** What D's own objective comes to on fresh draws. */
export const ownValue = metric({
  label: "value of D's objective",
  needs: (game) =>
    pipe(
      critic(game),
      E.bind('own', ({ roles }) => ownObjective(game.compiled.game, roles)),
    ),
  measure: (game, { own: { value, ...known }, roles, budget }) => {
    const { batch } = game.compiled.game
    return pipe(
      askBatches(game, { value }, { batch, batches: Math.ceil(budget.samples / batch), ...asking(roles) }),
      TE.map((answers): OwnValue => ({ ...estimate(answers.value), ...known })),
    )
  },
  // V is shown by the best reply; why nothing at all was measured is said already.
  isShown: ({ setting, playsV: isV, has }) => E.isRight(setting) && !(isV && has('bestReply')),
  show: (own) => [
    [
      "value of D's objective",
      `${estimated(own)}  (${own.penalised ? 'without penalties; ' : ''}at equilibrium ${own.equilibrium ?? 'not known'})`,
    ],
  ],
  numbers: { ownValue: { of: ({ value }) => value, name: "value of D's objective", digits: 3 } },
})

import { text } from '../dsl/printing/text.ts'
import type { Term } from '../dsl/terms/term.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import type { CommonView } from './commonView.ts'
import type { Critic } from './critic.ts'
import { isSameLaw, type Law, type Probability } from './law.ts'

/** What D sees where that is not p_data and p_g themselves. */
export interface Observed {
  /** P, which stands in the place of data, and Q, in that of generated samples. */
  readonly real: string
  readonly fake: string
  /** How many samples D judges at once. */
  readonly samples: number
  /** Whether a view stands before D: distributions of data and samples are then those that it shows. */
  readonly viewed: boolean
  /** How P and Q come about, and what equal P and Q say of p_data and p_g. */
  readonly notes: readonly string[]
}

/** What a critic sees, if that needs saying. */
export const observedBy = ({ laws: { real, fake }, view }: Critic): Observed | undefined => {
  const isPlain = [real, fake].every((law) => law.samples === 1 && law.exchanged.most === 0 && !law.older)
  if (isPlain && view === undefined) return undefined
  const laws = { real, fake }
  return {
    real: nameOf(real, laws, view),
    fake: nameOf(fake, laws, view),
    samples: real.samples,
    viewed: view !== undefined,
    notes: [
      ...(real.samples > 1 ? [`D judges packs of ${real.samples} independent samples (Lin et al. 2018)`] : []),
      ...[...new Set([real, fake].flatMap(exchangeNotes))],
      ...(fake.older
        ? ['a replay buffer shows D older samples beside new ones: once the generator stands still they are p_g’s']
        : []),
      ...(view === undefined ? [] : viewNotes(view)),
    ],
  }
}

/** Whether the generator pays at the very laws that D* is best for, and p_data does not hold its samples. */
export const paysForObserved = (critic: Critic, objective: Term): boolean => {
  const { real, fake } = critic.laws
  const scores = termsDownTo(objective, ({ op }) => op === 'grad' || op === 'slot').filter(critic.is)
  const isSame = scores.every((term) => {
    const law = critic.lawOf(term)
    return law !== undefined && isSameLaw(law, critic.laws[law.kind])
  })
  return isSame && real.exchanged.most === 0 && fake.exchanged.most === 0 && !fake.older && !real.older
}

/** A distribution by those that it is made of. */
export const nameOf = (
  { kind, exchanged }: Law,
  { real, fake }: { real: Law; fake: Law },
  view: CommonView | undefined,
) => {
  const names = {
    real: packName(real, 'p_data', view),
    fake: packName(fake, fake.older ? 'p_g of a replay buffer' : 'p_g', view),
  }
  const [own, other] = kind === 'real' ? [names.real, names.fake] : [names.fake, names.real]
  if (exchanged.most === 0) return own
  const { least, most, term } = exchanged
  return least === most
    ? `${rounded(1 - least)} ${own} + ${rounded(least)} ${other}`
    : `(1 − a) ${own} + a ${other}, a = ${text(term)}`
}

const packName = ({ samples }: Law, base: string, view: CommonView | undefined): string => {
  const seen = view === undefined ? base : view.type === 'blur' ? `${base} blurred` : `T#${base}`
  if (samples === 1) return seen
  return `${seen === base ? base : `(${seen})`}^⊗${samples}`
}

const rounded = (share: number): number => Number(share.toPrecision(6))

const exchangeNotes = ({ exchanged }: Law): readonly string[] => {
  const { least, most } = exchanged
  if (most === 0) return []
  const says =
    least > 0.5 || most < 0.5
      ? 'P = Q only where p_data = p_g'
      : 'where it is 1/2, P = Q whatever p_g is, and D learns nothing'
  return [`real and generated samples change places with the probability ${chance(exchanged)}: ${says}`]
}

const chance = ({ least, most, term }: Probability): string =>
  least === most ? `${rounded(least)}` : `${text(term)}, which lies between ${rounded(least)} and ${rounded(most)}`

const viewNotes = ({ type, terms }: CommonView): readonly string[] => [
  ...terms.map(
    (term) => `D sees data and samples u as ${type === 'blur' || term.op === 'apply' ? '' : 'T(u) = '}${text(term)}`,
  ),
  type === 'blur'
    ? 'normal noise blurs both alike: blurred, they are equal only where p_data = p_g'
    : 'T#p_data = T#p_g says that p_data = p_g only where T can be undone (Karras et al. 2020, section 3.1)',
]

import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { addends, whole } from '../algebra/addends.ts'
import { text } from '../dsl/printing/text.ts'
import { type Seen, seenIn } from '../dsl/terms/seen.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, type TermId } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import { type CommonView, commonView } from './commonView.ts'
import { isSameLaw, type Kind, type Law, type Laws, never, probabilityOf } from './law.ts'
import { noTheory } from './noTheory.ts'

/** A critic: an output of a network that scores real and generated samples. */
export interface Critic {
  readonly network: string
  readonly output: string | undefined
  /** Whether a term is this output, applied to anything. */
  readonly is: (term: Term) => boolean
  /** The law of a term's input; `undefined` if it belongs to neither kind. */
  readonly lawOf: (term: Term) => Law | undefined
  /** The laws of its inputs in the objective. */
  readonly laws: Laws
  /** Its application to one sample of each kind, if the objective has one. */
  readonly points: { readonly real: Term | undefined; readonly fake: Term | undefined }
  /** The view through which it sees both kinds, if any. */
  readonly view?: CommonView
  /** Whether a term contains a generated sample, outside of slots. */
  readonly isMade: (term: Term) => boolean
}

export interface CriticOptions {
  /**
   * Samples are what one of these makes: any network where none are named, but of a trunk's features only those of a
   * generator's samples.
   */
  readonly makers?: readonly string[]
  /** The networks that D's player trains; all by default. A trunk that another player trains is a view. */
  readonly own?: readonly string[]
  /** The number of steps of the game, over which a probability may change. */
  readonly steps?: number
}

/** Finds the critic in an objective. Left if it scores other than one or two distributions. */
export const criticOf = (
  objective: Term,
  network: string,
  output: string | undefined,
  { makers, own, steps = 1 }: CriticOptions = {},
): E.Either<NoAnswer, Critic> => {
  const is = (term: Term): boolean => term.op === 'apply' && term.network === network && term.output === output
  const isMade = madeBy(makers)
  const read = inputReader(network, isMade)
  return pipe(
    E.traverseArray(read)(judging(objective).filter(is)),
    E.flatMap((inputs) => castOf(network, inputs)),
    E.mapLeft((reason) => comparison(objective, (term) => pointsIn(term, is, read)) ?? reason),
    E.flatMap((cast) => {
      const lawOf = (term: Term): Law | undefined =>
        pipe(
          read(term),
          E.match(
            () => undefined,
            (input) => lawIn(cast, input, steps),
          ),
        )
      return pipe(
        lawsIn(network, objective, is, lawOf),
        E.map((laws): Critic => {
          const view =
            cast.real &&
            commonView(
              cast.real.own,
              cast.fake.own,
              (term) => isMaker(makers, term),
              (each) => each === network || own === undefined || own.includes(each),
            )
          const points = { real: cast.real?.own, fake: cast.fake.own }
          return { network, output, is, lawOf, laws, points, isMade, ...(view !== undefined && { view }) }
        }),
      )
    }),
  )
}

/** The same critic with real and generated exchanged. For pairs of an encoder and a generator, the objective does not say which are real. */
export const recast = (critic: Critic): Critic => {
  const turned = (law: Law): Law => ({ ...law, kind: law.kind === 'real' ? 'fake' : 'real' })
  return {
    ...critic,
    lawOf: (term) => {
      const law = critic.lawOf(term)
      return law && turned(law)
    },
    laws: { real: turned(critic.laws.fake), fake: turned(critic.laws.real) },
    points: { real: critic.points.fake, fake: critic.points.real },
  }
}

const isMaker = (makers: readonly string[] | undefined, term: Term): boolean =>
  term.op === 'apply' && (makers === undefined || makers.includes(term.network))

const isMemory = ({ op }: Term): boolean => op === 'slot'

/** D's own output is not a sample, so its inputs are checked instead. */
const madeBy =
  (makers: readonly string[] | undefined) =>
  (term: Term): boolean =>
    termsDownTo(term, isMemory).some((part) => isMaker(makers, part))

/** The input of an application of D. */
interface CriticInput extends Seen {
  readonly ownId: TermId
  readonly otherId?: TermId
  readonly isMade: boolean
}

const inputReader = (network: string, isMade: (term: Term) => boolean) => {
  const identify = identifier()
  /** An id of the point, which ignores which output is read. */
  const pointOf = (term: Term): TermId =>
    identify(term.op === 'apply' ? { op: 'apply', network, inputs: term.inputs } : term)
  const isMadeIn = (term: Term): boolean =>
    term.op === 'apply' && term.network === network ? Object.values(term.inputs).some(isMade) : isMade(term)
  return (term: Term): E.Either<NoAnswer, CriticInput> =>
    pipe(
      seenIn(term, isMadeIn),
      E.bimap(
        (reason): NoAnswer => ({ ...reason, message: `${network} ${reason.message}` }),
        (seen) => ({
          ...seen,
          ownId: pointOf(seen.own),
          ...(seen.other !== undefined && { otherId: pointOf(seen.other.term) }),
          isMade: isMadeIn(seen.own),
        }),
      ),
    )
}

/** The points of each kind. Without a real one if D scores only generated samples. */
interface Cast {
  readonly real: CriticInput | undefined
  readonly fake: CriticInput
}

const castOf = (network: string, inputs: readonly CriticInput[]): E.Either<NoAnswer, Cast> => {
  const points = [...new Map(inputs.map((input) => [input.ownId, input])).values()]
  const [fake, ...more] = points.filter(({ isMade }) => isMade)
  const [real, ...others] = points.filter(({ isMade }) => !isMade)
  const wrong = (found: string) => E.left(noTheory(`${network} scores ${found}, not data and samples of one generator`))
  if (others.length > 0) return wrong(`${others.length + 1} distributions of data`)
  // Pairs of an encoder and a generator: both sides contain a network, and the first one counts as real.
  if (real === undefined && fake !== undefined && more[0] !== undefined && more.length === 1)
    return E.right({ real: fake, fake: more[0] })
  if (fake === undefined) return wrong('no generated samples')
  return more.length > 0 ? wrong(`${more.length + 1} generated distributions`) : E.right({ real, fake })
}

const lawIn = ({ real, fake }: Cast, input: CriticInput, steps: number): Law | undefined => {
  const kindOf = (id: TermId): Kind | undefined =>
    id === real?.ownId ? 'real' : id === fake.ownId ? 'fake' : undefined
  const kind = kindOf(input.ownId)
  if (kind === undefined) return undefined
  const { samples, older, other, otherId } = input
  if (other === undefined || otherId === undefined) return { kind, samples, older, exchanged: never }
  const isOther = kindOf(otherId) !== undefined && kindOf(otherId) !== kind
  return isOther ? { kind, samples, older, exchanged: probabilityOf(other.probability, steps) } : undefined
}

/** The law of each kind, if the objective has one for each. */
const lawsIn = (
  network: string,
  objective: Term,
  is: (term: Term) => boolean,
  lawOf: (term: Term) => Law | undefined,
): E.Either<NoAnswer, Laws> => {
  const laws: Law[] = []
  for (const term of judging(objective).filter(is)) {
    const law = lawOf(term)
    if (law === undefined)
      return E.left(noTheory(`${network} scores something that is neither data nor generated samples`))
    if (!laws.some((each) => isSameLaw(each, law))) laws.push(law)
  }
  const of = (kind: Kind): readonly Law[] => laws.filter((law) => law.kind === kind)
  const [[real, ...others], [fake, ...more]] = [of('real'), of('fake')]
  const samples = new Set(laws.map((law) => law.samples))
  if (others.length > 0 || more.length > 0 || samples.size > 1)
    return E.left(
      noTheory(`${network} scores several different mixtures of data and samples in parts of its objective`),
    )
  const plain = { samples: [...samples][0] ?? 1, older: false, exchanged: never }
  return E.right({ real: real ?? { kind: 'real', ...plain }, fake: fake ?? { kind: 'fake', ...plain } })
}

interface Points {
  readonly real: ReadonlySet<TermId>
  readonly fake: ReadonlySet<TermId>
}

const pointsIn = (
  term: Term,
  is: (term: Term) => boolean,
  read: (term: Term) => E.Either<NoAnswer, CriticInput>,
): Points => {
  const inputs = judging(term)
    .filter(is)
    .flatMap((each) =>
      pipe(
        read(each),
        E.match(
          () => [],
          (input) => [input],
        ),
      ),
    )
  const of = (made: boolean) => new Set(inputs.filter(({ isMade }) => isMade === made).map(({ ownId }) => ownId))
  return { real: of(false), fake: of(true) }
}

/** The first addend that compares D's scores of two points of one kind, as consistency does. */
const comparison = (objective: Term, pointsOf: (term: Term) => Points): NoAnswer | undefined => {
  const found = addends(objective, 1).find(({ term }) => {
    const points = term && pointsOf(term)
    return points !== undefined && (points.real.size > 1 || points.fake.size > 1)
  })
  return (
    found &&
    noTheory(
      `${text(whole(found))} compares D at two points of one kind, so D's best reply at a point depends on other points`,
    )
  )
}

/** All subterms outside of gradients and slot updates, in the order of the term. */
const judging = (root: Term): readonly Term[] =>
  termsDownTo(root, ({ op }) => op === 'grad' || op === 'slot').filter(({ op }) => op !== 'slot' && op !== 'grad')

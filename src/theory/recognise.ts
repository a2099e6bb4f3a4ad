import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { type KnownLoss, knownLosses } from '../losses/known.ts'
import type { Duel } from './criterion.ts'
import { criticOf } from './critic.ts'
import type { LossTheory } from './lossTheory.ts'
import { matchTerm } from './matchTerm.ts'
import { through } from './optimalDiscriminator.ts'
import { anyNumber } from './range.ts'
import { type Separable, separate } from './separable.ts'

/** A known loss that both sides of a duel are of the form of. */
export interface Recognised {
  readonly name: string
  readonly parameters: { readonly [name: string]: number }
  readonly theory: LossTheory
  /** Whether D's last layer is the sigmoid that the loss applies: then D gives the probability. */
  readonly sigmoidInside: boolean
}

interface Sides {
  readonly discriminator: Separable
  readonly generator: Separable
}

/** The loss of this form, whatever its parameters, however the game came to be written. */
export const recognise = (duel: Duel): Recognised | undefined =>
  Object.entries(knownLosses).flatMap(([name, loss]) => {
    const parameters = parametersOf(loss, duel)
    if (parameters === undefined) return []
    const theory = loss.theory((each) => parameters[each] ?? Number.NaN)
    return [{ name, parameters, theory, sigmoidInside: duel.range !== anyNumber }]
  })[0]

const parametersOf = (loss: KnownLoss, { discriminator, generator, range }: Duel) => {
  const form = sidesOf(loss)
  if (form === undefined) return undefined
  const pairs = [
    [form.discriminator.a, discriminator.a],
    [form.discriminator.b, discriminator.b],
    [form.generator.b, generator.b],
  ] as const
  const holes = pairs.reduce<ReturnType<typeof matchTerm>>(
    (found, [pattern, term]) =>
      found === undefined ? undefined : matchTerm(pattern, through(range, term), loss.parameters, found),
    {},
  )
  const numbers = Object.entries(holes ?? {}).flatMap(([name, term]) =>
    term.op === 'number' ? [[name, term.value] as const] : [],
  )
  const free = discriminator.constant === 0
  return holes !== undefined && free && numbers.length === loss.parameters.length
    ? Object.fromEntries(numbers)
    : undefined
}

/** Both sides of a known loss, as its form says them. */
const sidesOf = ({ form }: KnownLoss): Sides | undefined =>
  pipe(
    E.Do,
    E.bind('critic', () => criticOf(form.discriminator.objective, 'D', undefined)),
    E.bind('discriminator', ({ critic }) =>
      separate(critic, form.discriminator.objective, form.discriminator.goal === 'maximise' ? 1 : -1),
    ),
    E.bind('generator', ({ critic }) =>
      separate(critic, form.generator.objective, form.generator.goal === 'minimise' ? 1 : -1),
    ),
    E.match(
      () => undefined,
      (sides) => sides,
    ),
  )

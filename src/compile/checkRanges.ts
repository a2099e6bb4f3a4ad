import { text } from '../dsl/printing/text.ts'
import { describeRange, isInRange, type RangeKind } from '../dsl/terms/ranges.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, partsOf } from '../dsl/terms/termParts.ts'
import { rulesOf } from '../dynamics/dynamics.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import { type SpecWarning, specWarning } from '../errors/warnings.ts'
import { at } from '../ir/present.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { GameSpec } from '../spec/spec.ts'
import { type Clock, dependsOnStepAlone, lookedAt, valuesAt } from './overSteps.ts'

/** A number that has to stay in a range, where it stands, and what it may follow. */
interface Subject {
  readonly kind: RangeKind
  readonly of: Term
  readonly path: readonly string[]
  readonly clock: Clock
}

/** The step at which a number first leaves its range, and what it is there. */
interface Departure {
  readonly step: number
  readonly value: number
  readonly precision: '' | ' in float32'
}

const precisions = [
  { precision: '', round: (x: number): number => x },
  { precision: ' in float32', round: Math.fround },
] as const

/** The earliest of some departures. */
const earliest = (found: readonly (Departure | undefined)[]): Departure | undefined =>
  found.reduce((first, each) => (each === undefined || (first && first.step <= each.step) ? first : each), undefined)

/** The first of some steps, in order, at which a number is out of its range. */
const departureAmong = ({ kind, of, clock }: Subject, steps: readonly number[]): Departure | undefined =>
  earliest(
    precisions.map(({ precision, round }) => {
      const values = valuesAt(of, steps, clock, round)
      const i = values.findIndex((value) => !Number.isFinite(value) || !isInRange(kind, value))
      return i < 0 ? undefined : { step: at(steps, i), value: at(values, i), precision }
    }),
  )

const between = (first: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)

/** What a number is out of its range at, over the whole game: between two steps that were looked at, each one is. */
const departure = (subject: Subject): Departure | undefined => {
  const steps = lookedAt(subject.of, subject.clock)
  const coarse = departureAmong(subject, steps)
  if (coarse === undefined) return undefined
  const before = steps[steps.indexOf(coarse.step) - 1] ?? -1
  return departureAmong(subject, between(before + 1, coarse.step)) ?? coarse
}

const hintFor = (kind: RangeKind, of: Term): string => {
  const bound = `bound it, as by maximum(0, ...)`
  return kind === 'rate'
    ? `It is ${text(of)}. Write it over the whole game, as schedules.linear({ from: 1e-3 }) or by progress, or ${bound}.`
    : `It is ${text(of)}. Write it over the whole game, by progress, or ${bound}.`
}

/** What is wrong with a number, which may be made several times in a step. */
const rangeErrors = (subjects: readonly Subject[]): readonly SpecError[] => {
  const found = earliest(subjects.map(departure))
  const [subject] = subjects
  if (found === undefined || subject === undefined) return []
  const { kind, of, path, clock } = subject
  const { step, value, precision } = found
  return [
    specError(path, {
      expected: `${describeRange(kind)} at every step`,
      found: `${Number(value.toPrecision(6))}${precision} at step ${step} of ${clock.steps}`,
      hint: hintFor(kind, of),
    }),
  ]
}

/** The first step of those at the end at which a number is 0; the number of steps where it is none at the last. */
const zeroFrom = ({ of, clock }: Subject): number => {
  const zeros = (steps: readonly number[]): number => {
    const values = valuesAt(of, steps, clock, (x) => x)
    return values.length - 1 - values.findLastIndex((value) => value !== 0)
  }
  const coarse = lookedAt(of, clock)
  const count = zeros(coarse)
  if (count === 0) return clock.steps
  const [last = -1, first = clock.steps] = [coarse[coarse.length - count - 1], coarse[coarse.length - count]]
  const fine = between(last + 1, first)
  return first - zeros(fine)
}

/** A rate that is 0 before the game ends: the player stands still from there on. */
const zeroWarnings = (subject: Subject, player: string): readonly SpecWarning[] => {
  const { path, clock, of } = subject
  if (of.op === 'number')
    return of.value === 0
      ? [specWarning(path, `the learning rate is 0: ${player} does not move`, 'Give a rate above 0.')]
      : []
  const from = zeroFrom(subject)
  if (from >= clock.steps - 1) return []
  const message = `the learning rate is 0 from step ${from} of ${clock.steps} on: ${player} does not move from there`
  const hint = `It is ${text(of)}. Write it over the whole game, as schedules.linear({ from: 1e-3 }) or by progress.`
  return [specWarning(path, message, hint)]
}

/** A player's learning rate, and where it stands. Within `accumulate`, what counts as an update is a move. */
const rateOf = (
  optimizer: Optimizer,
  path: readonly string[],
  perMove = 1,
): { readonly rate: Term; readonly path: readonly string[]; readonly perMove: number } | undefined => {
  if ('of' in optimizer)
    return rateOf(optimizer.of, [...path, 'of'], optimizer.type === 'accumulate' ? perMove * optimizer.every : perMove)
  if (!('lr' in optimizer)) return undefined
  const { lr } = optimizer
  return { rate: typeof lr === 'number' ? { op: 'number', value: lr } : lr, path: [...path, 'lr'], perMove }
}

/** A player's rate at the first and the last of its updates in a step. */
const rateSubjects = ({ optimizers, dynamics, steps }: GameSpec, player: string): readonly Subject[] => {
  const optimizer = Object.hasOwn(optimizers, player) ? optimizers[player] : undefined
  const found = optimizer === undefined ? undefined : rateOf(optimizer, ['optimizers', player])
  if (found === undefined || !dependsOnStepAlone(found.rate)) return []
  const { rate, path, perMove } = found
  const perStep = rulesOf(dynamics).updates(player)
  return [...new Set([0, perStep - 1])].map((index) => ({
    kind: 'rate',
    of: rate,
    path,
    clock: { steps, updates: (step) => Math.floor((step * perStep + index) / perMove) },
  }))
}

/** The numbers of expressions that are to stay in a range: each once, where it stands first. */
const subjectsIn = (
  roots: readonly (readonly [path: readonly string[], root: Term])[],
  steps: number,
): readonly Subject[] => {
  const identify = identifier()
  const seen = new Set<unknown>()
  const visit = (term: Term, at: readonly string[]): readonly Subject[] => {
    const id = identify(term)
    if (seen.has(id)) return []
    seen.add(id)
    const own: readonly Subject[] =
      term.op === 'ranged' && dependsOnStepAlone(term.of)
        ? [{ kind: term.kind, of: term.of, path: at, clock: { steps } }]
        : []
    return [...own, ...Object.entries(partsOf(term)).flatMap(([part, of]) => visit(of, [...at, ...part.split('.')]))]
  }
  return roots.flatMap(([path, root]) => visit(root, path))
}

/** What leaves its range at some step of a game whose expressions are right in themselves, and which rates end early. */
export const checkRanges = (
  game: GameSpec,
): { readonly errors: SpecError[]; readonly warnings: readonly SpecWarning[] } => {
  if (game.steps === 0) return { errors: [], warnings: [] }
  const players = Object.keys(game.players)
  const rates = players.map((player) => ({ player, subjects: rateSubjects(game, player) }))
  const expressions = [
    ...Object.entries(game.players).map(
      ([name, { objective }]) => [['players', name, 'objective'], objective] as const,
    ),
    ...(game.samples === undefined ? [] : [[['samples'], game.samples] as const]),
  ]
  const others = subjectsIn(expressions, game.steps)
  return {
    errors: [...rates.map(({ subjects }) => subjects), ...others.map((each) => [each])].flatMap(rangeErrors),
    warnings: rates.flatMap(({ player, subjects }) =>
      subjects.slice(0, 1).flatMap((each) => zeroWarnings(each, player)),
    ),
  }
}

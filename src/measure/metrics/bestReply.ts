import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { NoAnswer } from '../../errors/noAnswer.ts'
import type { NotFinite } from '../../errors/notFinite.ts'
import type { Reading } from '../../theory/range.ts'
import { type BestReply, bestOf, bestReply as findReply } from '../bestReply.ts'
import type { Estimate } from '../estimate.ts'
import { notMeasured } from '../notMeasured.ts'
import { type Context, type Line, type Measurable, metric } from './metric.ts'
import { critic } from './needs.ts'
import { count, estimated, fixed } from './words.ts'

/** How well samples can be told from data, by the best critic that was found. */
export interface Reply extends Omit<BestReply, 'trained'> {
  /** Whether D's own number is a probability, its logit, or a score of its own loss. */
  readonly reading: Reading
  /** Absent where D gives a score: as a probability that has no meaning. */
  readonly trained?: BestReply['trained']
}

const readAs = (reading: Reading, { trained, ...reply }: BestReply): Reply =>
  reading === 'score' ? { ...reply, reading, best: bestOf({ fresh: reply.fresh }) } : { ...reply, reading, trained }

const ended = ({ value, step }: NotFinite): NoAnswer =>
  notMeasured(`the best reply's training ended in ${value} at step ${step}`, 'Lower the rate of the best reply.')

const readingOf = (game: Measurable): Reading => (E.isRight(game.critic) ? game.critic.right.reading : 'score')

/** V of the best critic that a training of its own finds, and of the game's own: see `BestReply`. */
export const bestReply = metric({
  label: 'best reply',
  needs: (game) =>
    pipe(
      critic(game),
      E.filterOrElse(
        ({ budget }) => budget.steps > 0,
        () => notMeasured('no steps for it were asked for'),
      ),
    ),
  measure: (game, { roles, budget }) => {
    const { onProgress, signal } = game
    const options = {
      ...budget,
      seed: game.seed + 1,
      ...(onProgress !== undefined && { onProgress: (done: number) => onProgress(done, budget.steps) }),
      ...(signal !== undefined && { signal }),
    }
    return pipe(
      findReply({ ...game, roles }, options),
      TE.mapLeft((error): BackendError | NoAnswer => (error.type === 'NotFinite' ? ended(error) : error)),
      TE.map((reply) => readAs(readingOf(game), reply)),
    )
  },
  show: (reply, context) => {
    const pack = E.isRight(context.setting) ? context.setting.right.pack : 1
    const lines = isV(reply, context) ? valueLines(reply) : logLossLines(reply)
    return pack === 1 ? lines : lines.map(([label, found]) => [`${label}, per pack of ${pack}`, found])
  },
  numbers: { bestReply: { of: ({ best }) => best.value, name: 'V of the best reply', digits: 3 } },
})

/** Else D's own value has another equilibrium than V. */
const isV = ({ reading }: Reply, { playsV }: Context): boolean => reading !== 'score' && playsV

const valueLines = (reply: Reply): readonly Line[] => [
  ['V of the best reply', whole(reply, reply.best, estimated, bestWords(reply))],
  ...(reply.trained === undefined ? [] : [['V of the trained D', estimated(reply.trained)] as const]),
  ['V at equilibrium', `${fixed(reply.equilibrium)}  (-log 4; 0 where D tells all samples apart)`],
]

/** V of the best of a few critics, from below, and whose it is. */
const bestWords = ({ best, fresh, planned }: Reply): string => {
  const anew = `trained anew for ${count(planned)} steps`
  switch (best.of) {
    case 'fresh':
      return `D ${anew}: a lower bound`
    case 'trained':
      return `the trained D: a lower bound; one ${anew} has ${fixed(fresh.value)}`
    case 'constant':
      return `a constant D: a lower bound; one ${anew} has ${fixed(fresh.value)}`
  }
}

const logLossLines = (reply: Reply): readonly Line[] => [
  [
    'log loss of a fresh classifier',
    whole(
      reply,
      bestOfFresh(reply),
      logLoss,
      `D's network trained anew for ${count(reply.planned)} steps: an upper bound`,
    ),
  ],
  ...(reply.trained === undefined ? [] : [['log loss of the trained D', logLoss(reply.trained)] as const]),
  ['log loss at equilibrium', `${fixed(Math.log(2))}  (log 2, a coin toss; 0 where all samples are told apart)`],
]

/** A classifier that says 1/2 of every sample is as good as none. */
const bestOfFresh = ({ fresh, equilibrium }: Reply): Estimate =>
  fresh.value > equilibrium ? fresh : { value: equilibrium, standardError: 0 }

/** A value with its error and words, or how far its training came. */
const whole = ({ steps, planned }: Reply, value: Estimate, show: (value: Estimate) => string, words: string): string =>
  steps < planned
    ? `${show(value).replace(/ ±.*/, '')}  (cut short after ${count(steps)} of ${count(planned)} steps)`
    : `${show(value)}  (${words})`

/** The mean of -log of the probability that each sample gets for what it is: minus half of V. */
const logLoss = ({ value, standardError }: Estimate): string =>
  estimated({ value: -value / 2, standardError: standardError / 2 })

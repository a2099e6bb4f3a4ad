import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Threshold } from '../../theory/equilibrium.ts'
import { askSamples } from '../ask.ts'
import { asking } from '../setting.ts'
import { metric } from './metric.ts'
import { classifyingCritic } from './needs.ts'
import { percent } from './words.ts'

/** A critic read as a classifier: how many real and generated samples it takes for real, and for generated. */
export interface Confusion {
  readonly threshold: Threshold
  readonly realAsReal: number
  readonly realAsGenerated: number
  readonly generatedAsReal: number
  readonly generatedAsGenerated: number
  /** The share that is right of all samples, real and generated weighing alike; 1/2 for a coin toss, as at equilibrium. */
  readonly accuracy: number
}

/** From the critic's values on real and on generated samples. One that is at the threshold counts as generated. */
export const confusionOf = (threshold: Threshold, real: Float32Array, generated: Float32Array): Confusion => {
  const side = threshold.real === 'above' ? 1 : -1
  const takenForReal = (values: Float32Array): number =>
    values.reduce((count, value) => count + (side * (value - threshold.value) > 0 ? 1 : 0), 0)
  const [realAsReal, generatedAsReal] = [takenForReal(real), takenForReal(generated)]
  const generatedAsGenerated = generated.length - generatedAsReal
  return {
    threshold,
    realAsReal,
    realAsGenerated: real.length - realAsReal,
    generatedAsReal,
    generatedAsGenerated,
    accuracy: (realAsReal / real.length + generatedAsGenerated / generated.length) / 2,
  }
}

const side = (asReal: number, asGenerated: number): string => {
  const all = asReal + asGenerated
  return `taken for real ${percent(asReal / all).padStart(7)}, for generated ${percent(asGenerated / all).padStart(7)}`
}

/** The critic as a classifier of fresh samples: see `Confusion`. */
export const confusion = metric({
  label: 'D as a classifier',
  needs: classifyingCritic,
  measure: (game, { roles, samples, threshold }) =>
    pipe(
      askSamples(
        game,
        { real: roles.realScore, generated: roles.generatedScore },
        { count: samples, batch: game.compiled.game.batch, ...asking(roles) },
      ),
      TE.map(({ real, generated }) => confusionOf(threshold, real, generated)),
    ),
  show: (found, { setting, real }) => {
    const pack = E.isRight(setting) ? setting.right.pack : 1
    const samples = `${real === 'fresh' ? 'fresh ' : ''}${pack > 1 ? `packs of ${pack} ` : ''}samples`
    return [
      ['D as a classifier', `right on ${percent(found.accuracy)} of ${samples}  (at equilibrium a coin toss, 50 %)`],
      ['  real samples', side(found.realAsReal, found.realAsGenerated)],
      ['  generated samples', side(found.generatedAsReal, found.generatedAsGenerated)],
    ]
  },
  numbers: { accuracy: { of: ({ accuracy }) => accuracy, name: "D's accuracy", digits: 1, unit: '%' } },
})

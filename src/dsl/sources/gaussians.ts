import type * as t from '#io-ts'
import type { Problem } from '../../errors/specError.ts'
import { float32At, float64At } from '../../ir/elements.ts'
import { maxOf } from '../../ir/numbers.ts'
import { at } from '../../ir/present.ts'
import { type Bounds, hull } from '../types/bounds.ts'
import { markOneHot } from './labels.ts'
import type { Component, Generate, SourceDefinition } from './source.ts'
import { chooser } from './weights.ts'

const logNormal = ({ mean, std }: Component, x: readonly number[]): number =>
  mean.reduce((sum, centre, axis) => {
    const deviation = at(std, axis)
    const scaled = (at(x, axis) - centre) / deviation
    return sum - scaled ** 2 / 2 - Math.log(deviation) - Math.log(2 * Math.PI) / 2
  }, 0)

/** log-sum-exp, without overflow. */
const logSumExp = (terms: readonly number[]): number => {
  const most = maxOf(terms)
  return most === -Infinity ? most : most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0))
}

/** log density of a mixture of Gaussians, in nats. */
export const logDensity =
  (components: readonly Component[]) =>
  (x: readonly number[]): number =>
    logSumExp(components.map((component) => Math.log(component.weight) + logNormal(component, x)))

/** One uniform number per sample selects its component; one normal number per axis gives its position. */
const generate = (components: readonly Component[]): Generate => {
  const size = at(components, 0).mean.length
  const means = Float64Array.from(components.flatMap(({ mean }) => mean))
  const stds = Float64Array.from(components.flatMap(({ std }) => std))
  const choose = chooser(components.map(({ weight }) => weight))
  return (count, random, { x, label }) => {
    const chosen = choose(count, random)
    if (label !== undefined) markOneHot(label, components.length, chosen)
    if (x === undefined) return
    random.normal(x)
    for (let i = 0, place = 0; i < count; i++) {
      const component = float32At(chosen, i) * size
      for (let axis = component; axis < component + size; axis++, place++)
        x[place] = float64At(means, axis) + float64At(stds, axis) * float32At(x, place)
    }
  }
}

const within = (x: number, distance: number): Bounds => [x - distance, x + distance]

/** Makes a source of a mixture of Gaussians. If `labels` is set, a sample's label is its component. */
export const mixtureOfGaussians = <S extends { readonly type: string; readonly labels?: true }>(
  codec: () => t.Type<S, unknown>,
  components: (source: S) => readonly Component[],
  check: (source: S) => readonly Problem[],
): SourceDefinition<S> => ({
  role: 'data',
  codec,
  check,
  fields: (source) => {
    const modes = components(source)
    const x = [at(modes, 0).mean.length]
    return source.labels ? { x, label: [modes.length] } : { x }
  },
  // 95 % of samples lie within two standard deviations of a mode's mean.
  bounds: (source) =>
    hull(components(source).flatMap(({ mean, std }) => mean.map((x, i) => within(x, 2 * at(std, i))))),
  supply: { type: 'generate', generate: (source) => generate(components(source)) },
  logDensity: (source) => logDensity(components(source)),
  components,
})

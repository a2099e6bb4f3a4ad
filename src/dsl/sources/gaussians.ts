import type * as t from '#io-ts'
import type { Problem } from '../errors.ts'
import { oneHot } from './labels.ts'
import type { Batch, Component, SourceDefinition, SourceRandom } from './source.ts'
import { choose } from './weights.ts'

const logNormal = ({ mean, std }: Component, x: readonly number[]): number =>
  mean.reduce((sum, centre, axis) => {
    const deviation = std[axis] ?? 1
    const scaled = ((x[axis] ?? 0) - centre) / deviation
    return sum - scaled ** 2 / 2 - Math.log(deviation) - Math.log(2 * Math.PI) / 2
  }, 0)

/** log of the sum of exponentials, without overflow. */
const logSumExp = (terms: readonly number[]): number => {
  const most = Math.max(...terms)
  return most === -Infinity ? most : most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0))
}

/** log density of a mixture of Gaussians, in nats. */
export const logDensity =
  (components: readonly Component[]) =>
  (x: readonly number[]): number =>
    logSumExp(components.map((component) => Math.log(component.weight) + logNormal(component, x)))

/** One uniform number per sample chooses its component, one normal number per axis its place. */
const generate = (components: readonly Component[], count: number, random: SourceRandom, labels: boolean): Batch => {
  const size = components[0]?.mean.length ?? 0
  const weights = components.map(({ weight }) => weight)
  const chosen = choose(weights, random.uniform(1))
  const x = random.normal(size).map((normal, i) => {
    const component = components[chosen[Math.floor(i / size)] ?? 0]
    const axis = i % size
    return (component?.mean[axis] ?? 0) + (component?.std[axis] ?? 0) * normal
  })
  return labels ? { x, label: oneHot(components.length, chosen.slice(0, count)) } : { x }
}

/** A mixture of Gaussians on the line, the plane, ...; where `labels` is set a sample's label is its component. */
export const mixtureOfGaussians = <S extends { readonly type: string; readonly labels?: true }>(
  codec: t.Type<S, unknown>,
  components: (source: S) => readonly Component[],
  check: (source: S) => readonly Problem[],
): SourceDefinition<S> => ({
  role: 'data',
  codec,
  check,
  fields: (source) => {
    const modes = components(source)
    const x = [modes[0]?.mean.length ?? 0]
    return source.labels ? { x, label: [modes.length] } : { x }
  },
  supply: {
    type: 'generate',
    generate: (source, count, random) => generate(components(source), count, random, source.labels === true),
  },
  logDensity: (source) => logDensity(components(source)),
  components,
})

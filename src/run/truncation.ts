import * as E from '#fp-ts/Either'
import type { Elaborated } from '../compile/elaborate.ts'
import type { CheckedNetwork } from '../compile/network.ts'
import { showDraw } from '../dsl/names/drawName.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { errorFunction } from '../ir/ops/errorFunction.ts'
import type { Program } from '../ir/program.ts'
import type { GameSpec } from '../spec/spec.ts'

/**
 * The truncation trick: draws the latent from a normal distribution truncated to [-threshold, threshold]. Samples become more typical
 * and less varied. Brock et al. 2019, section 3.1.
 */
export interface Truncation {
  readonly threshold: number
  /** The truncated draws: the normal latents, not the noise inside layers. */
  readonly draws: readonly string[]
}

export const checkTruncation = (truncation: number): E.Either<RunError, number> =>
  truncation > 0
    ? E.right(truncation)
    : E.left(
        runError(
          { type: 'option', name: 'truncation' },
          `expected a number above 0, found ${truncation}`,
          'Common values are 0.5 to 2.',
        ),
      )

/**
 * Sets psi in the truncation layers of the networks that make the samples; `undefined` if none has such a layer. Karras et al. 2019,
 * appendix B.
 */
export const withPsi = (elaborated: Elaborated, generated: Term, psi: number): Elaborated | undefined => {
  const made = new Set(subterms(generated).flatMap((term) => (term.op === 'apply' ? [term.network] : [])))
  const hasLayer = ({ name, nodes }: CheckedNetwork): boolean =>
    made.has(name) && nodes.some(({ node }) => node.layer.type === 'truncation')
  const set = (network: CheckedNetwork): CheckedNetwork => ({
    ...network,
    nodes: network.nodes.map((each) =>
      each.node.layer.type === 'truncation'
        ? { ...each, node: { ...each.node, layer: { ...each.node.layer, psi } } }
        : each,
    ),
  })
  const all = Object.entries(elaborated.networks)
  if (!all.some(([, network]) => hasLayer(network))) return undefined
  return { ...elaborated, networks: Object.fromEntries(all.map(([name, network]) => [name, set(network)])) }
}

/** The truncation of a program's latent draws; left if it has none. `stream` is the program's random stream. */
export const truncationOf = (
  { sources }: GameSpec,
  generated: Term,
  { draws }: Program,
  stream: string,
  threshold: number,
): E.Either<RunError, Truncation> => {
  const noises = subterms(generated).flatMap((term) =>
    term.op === 'noise' ? [showDraw({ by: { type: 'question', stream }, of: { type: 'noise', draw: term.draw } })] : [],
  )
  const latents = Object.entries(draws).flatMap(([name, { origin }]) => {
    const isSource = origin.type === 'source' && sources[origin.source]?.type === 'normal'
    return isSource || (origin.type === 'normal' && noises.includes(name)) ? [name] : []
  })
  const message = 'the generator draws no normal latent, and no other can be truncated'
  return latents.length === 0
    ? E.left(
        runError(
          { type: 'option', name: 'truncation' },
          message,
          'Leave truncation out, or the value of the latent where you give one.',
        ),
      )
    : E.right({ threshold, draws: latents })
}

/** The probability that a standard normal number lies within [-z, z]. */
const within = (z: number): number => errorFunction(z * Math.SQRT1_2)

/** The inverse of `within` on [0, most], by Newton's method. `within` is concave, so iterations from 0 never overshoot. */
const radius = (probability: number, most: number): number => {
  let z = 0
  for (let i = 0; i < 100; i++) {
    const density = Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2)
    const next = Math.min(most, z + (probability - within(z)) / density)
    if (next - z <= 1e-12) return next
    z = next
  }
  return z
}

/** Maps standard normal numbers to the truncated distribution by quantile. Keeps order and sign. */
export const truncate =
  (threshold: number) =>
  (z: number): number => {
    const size = Math.abs(z)
    return Math.sign(z) * radius(within(size) * within(threshold), Math.min(size, threshold))
  }

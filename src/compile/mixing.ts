import { layerKind } from '../dsl/layers/table.ts'
import { showLayerPlace } from '../dsl/names/layerName.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, partsOf, subterms } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import { type SpecWarning, specWarning } from '../errors/warnings.ts'
import type { CheckedNetwork } from './network.ts'

/**
 * Warnings of gradients that are taken through a layer that mixes the samples of a batch: they are no gradients per sample.
 * Most layers do so only where they train.
 */
export const mixingWarnings = (
  player: string,
  objective: Term,
  networks: { readonly [name: string]: CheckedNetwork | undefined },
  trained: ReadonlySet<string>,
): readonly SpecWarning[] => {
  const through = subterms(objective).flatMap((term) => (term.op === 'grad' ? networksBetween(term.of, term.by) : []))
  return [...new Set(through)].flatMap((name) => {
    const network = networks[name]
    if (network === undefined) return [] // said of the network itself
    const mixing = network.nodes.filter(({ node }) => {
      const { mixesSamples } = layerKind.definitionOf(node.layer)
      return mixesSamples === 'always' || (mixesSamples === 'in training' && trained.has(name))
    })
    return mixing.map(({ place }) =>
      specWarning(
        ['players', player, 'objective'],
        `the gradient by a sample runs through ${showLayerPlace(place)}, which mixes the samples of a batch, so that each gradient depends on the other samples too`,
        'Replace that layer by one that treats each sample alone, such as layerNorm.',
      ),
    )
  })
}

/** The networks that are applied to `by` or to what is made of it; not those that `by` is made with. */
const networksBetween = (of: Term, by: Term): readonly string[] => {
  const identify = identifier()
  const isBy = (term: Term): boolean => identify(term) === identify(by)
  const dependent = new Set<Term>()
  for (const term of termsDownTo(of, isBy))
    if (isBy(term) || Object.values(partsOf(term)).some((part) => dependent.has(part))) dependent.add(term)
  return [...dependent].flatMap((term) => (term.op === 'apply' && !isBy(term) ? [term.network] : []))
}

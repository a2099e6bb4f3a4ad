import { inputsOf } from '../dsl/layers/layer.ts'
import { layerKind } from '../dsl/layers/table.ts'
import { outputOf } from '../dsl/terms/apply.ts'
import { boundsOf } from '../dsl/terms/boundsOf.ts'
import type { Term } from '../dsl/terms/term.ts'
import { type Bounds, unbounded } from '../dsl/types/bounds.ts'
import { at } from '../ir/present.ts'
import { type CheckedNetwork, outputIndices } from './network.ts'

/** Between which numbers the outputs of a network lie, whatever its parameters and inputs are. */
const networkBounds = ({ nodes, graph }: CheckedNetwork, output: string): Bounds => {
  const known: Bounds[] = []
  for (const { node } of nodes) {
    const { arity, bounds } = layerKind.definitionOf(node.layer)
    const inputs = inputsOf(
      arity,
      node.from.map((i) => at(known, i)),
    )
    known.push(bounds?.(node.layer, inputs) ?? unbounded)
  }
  return known[outputIndices(graph)[output] ?? -1] ?? unbounded
}

/** Between which numbers a term of samples and networks lies, where those of each sample are known. */
export const termBounds = (
  term: Term,
  networks: { readonly [name: string]: CheckedNetwork },
  sample: (term: Extract<Term, { readonly op: 'sample' }>) => Bounds,
): Bounds =>
  boundsOf(term, (leaf) => {
    if (leaf.op === 'sample') return sample(leaf)
    const network = leaf.op === 'apply' ? networks[leaf.network] : undefined
    return leaf.op === 'apply' && network !== undefined ? networkBounds(network, outputOf(leaf)) : unbounded
  })

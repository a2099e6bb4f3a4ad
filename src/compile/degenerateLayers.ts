import { type Degeneracy, inputsOf } from '../dsl/layers/layer.ts'
import { layerKind } from '../dsl/layers/table.ts'
import { showLayerPlace } from '../dsl/names/layerName.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import { type SpecWarning, specWarning } from '../errors/warnings.ts'
import { at } from '../ir/present.ts'
import { type CheckedNetwork, type CheckedNode, outputIndices } from './network.ts'

interface Found {
  readonly index: number
  readonly checked: CheckedNode
  readonly degeneracy: Degeneracy
}

/**
 * The layers of a network that lose what they read, by shapes and batch alone. They are warnings, for what goes around them is
 * still trained; of a trained network whose outputs no longer depend on any input it is an error, for it can learn nothing.
 */
export const degenerateLayers = (
  network: CheckedNetwork,
  batch: number,
  training: boolean,
): { readonly errors: readonly SpecError[]; readonly warnings: readonly SpecWarning[] } => {
  const found = network.nodes.flatMap((checked, index): readonly Found[] => {
    const { layer, from } = checked.node
    const { arity, degenerate } = layerKind.definitionOf(layer)
    const inputs = inputsOf(
      arity,
      from.map((i) => at(network.nodes, i).shape),
    )
    const use = { inputs, batch: checked.perSample ? batch : 1, training }
    const degeneracy = degenerate?.(layer, use)
    return degeneracy === undefined ? [] : [{ index, checked, degeneracy }]
  })
  const cut = found.filter(({ degeneracy }) => degeneracy.leaves === 'nothing')
  const path = ({ index }: Found): readonly string[] => ['networks', network.name, 'nodes', `${index}`, 'layer']
  const [first] = cut
  if (first !== undefined && training && isCutOff(network, new Set(cut.map(({ index }) => index))))
    return {
      errors: [
        specError(path(first), {
          expected: `${network.name} to depend on its inputs`,
          found: `${showLayerPlace(first.checked.place)}, which ${first.degeneracy.message}`,
          hint: first.degeneracy.hint,
        }),
      ],
      warnings: [],
    }
  return {
    errors: [],
    warnings: found.map((each) =>
      specWarning(path(each), `${showLayerPlace(each.checked.place)} ${each.degeneracy.message}`, each.degeneracy.hint),
    ),
  }
}

/** Whether some output varies by sample, and none does any more where the results of these nodes are constant. */
const isCutOff = ({ nodes, graph }: CheckedNetwork, cut: ReadonlySet<number>): boolean => {
  const varies: boolean[] = []
  nodes.forEach(({ node: { layer, from } }, index) => {
    const isDrawn = layer.type === 'input' || layerKind.definitionOf(layer).draws === true
    varies.push(!cut.has(index) && (isDrawn || from.some((i) => varies[i] === true)))
  })
  const outputs = Object.values(outputIndices(graph))
  return outputs.some((i) => nodes[i]?.perSample === true) && outputs.every((i) => varies[i] !== true)
}

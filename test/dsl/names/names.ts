import fc from 'fast-check'
import { layerKind } from '../../../src/dsl/layers/table.ts'
import type { LayerName } from '../../../src/dsl/names/layerName.ts'
import type { StateName, TensorName } from '../../../src/dsl/names/stateName.ts'

/** Names of specs, those among them that are words of names themselves. */
const name = fc.oneof(
  fc.constantFrom('G', 'average', 'rest', 'slow', 'past', 'shared', 'dense', 'β-1', 'x.y_z', 'generator'),
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.-]{0,8}$/).filter((text) => !(text in {})),
)

const layerName: fc.Arbitrary<LayerName> = fc.oneof(
  name.map((each) => ({ type: 'named' as const, name: each })),
  fc.record({
    type: fc.constant('numbered' as const),
    index: fc.nat(500),
    kind: fc.constantFrom(...layerKind.names),
  }),
)

const tensorName: fc.Arbitrary<TensorName> = fc.record({
  role: fc.constant('layer' as const),
  network: name,
  layer: layerName,
  tensor: name,
})

export const stateName: fc.Arbitrary<StateName> = fc.oneof(
  tensorName,
  fc.record({ role: fc.constantFrom('average' as const, 'rest' as const, 'slow' as const), of: tensorName }),
  fc.record({ role: fc.constant('memory' as const), player: name, slot: name, of: tensorName }),
  fc.record({ role: fc.constant('objective' as const), player: name, slot: name }),
)

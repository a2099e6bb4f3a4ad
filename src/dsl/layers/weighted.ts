import type { Problem } from '../../errors/specError.ts'
import * as definitions from './definitions.ts'
import { type Layer, layerKind } from './table.ts'

/** The names of the layers with weights. */
type Weighted = Layer extends infer L
  ? L extends { readonly type: string }
    ? 'weights' extends keyof L
      ? L
      : never
    : never
  : never

const weightedNames = (): readonly string[] =>
  Object.entries(definitions).flatMap(([name, definition]) => ('weighted' in definition ? [name] : []))

export const isWeighted = (layer: Layer): layer is Weighted => layerKind.definitionOf(layer).weighted === true

/** The problem of a weight rule on a layer without weights. */
export const checkRule = (layer: Layer): Problem | undefined =>
  !isWeighted(layer) && 'weights' in layer
    ? {
        expected: `a layer of weights: ${weightedNames().join(', ')}`,
        found: `${layer.type}, which has none`,
        hint: 'Put spectralNorm, weightNorm or equalised around layers with weights.',
      }
    : undefined

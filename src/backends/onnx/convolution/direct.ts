import { ints } from '../graph.ts'
import type { Scope } from '../lowering.ts'
import { slice, transpose } from '../lowerings/movement.ts'
import type { FilterAlgorithm, GradientAlgorithm } from './algorithm.ts'
import { area, filterBytes, type Geometry } from './geometry.ts'

/** Convolutions by ONNX's own operators, which expect channels first. */

const channelsFirst = [0, 3, 1, 2]
const channelsLast = [0, 2, 3, 1]

const pads = ({ window: { padding } }: Geometry): readonly number[] => [
  padding[0][0],
  padding[1][0],
  padding[0][1],
  padding[1][1],
]

/** `[kh, kw, c, f] -> [f, c, kh, kw]`, both for Conv and for ConvTranspose. */
const filterFirst = (scope: Scope, filter: string): string => transpose(scope, filter, [3, 2, 0, 1])

/** Applies an operator between two transpositions. */
const workspace = (g: Geometry): number => 4 * (area(g.image) * g.channels + area(g.output) * g.features)

export const directForward: FilterAlgorithm<string> = {
  prepare: filterFirst,
  apply: (scope, image, weights, g) => {
    const inputs = [transpose(scope, image, channelsFirst), weights]
    const attributes = { strides: ints(g.window.strides), pads: ints(pads(g)) }
    return transpose(scope, scope.node('Conv', inputs, attributes), channelsLast)
  },
  workspace,
  weights: filterBytes,
}

/** The number of pixels at the end that no window reaches, because of the stride. */
const rest = (g: Geometry, axis: 0 | 1): number => {
  const [before, after] = g.window.padding[axis]
  return g.image[axis] + before + after - (g.output[axis] - 1) * g.window.strides[axis] - g.kernel[axis]
}

export const directInput: FilterAlgorithm<string> = {
  prepare: filterFirst,
  apply: (scope, output, weights, g) => {
    const attributes = {
      strides: ints(g.window.strides),
      pads: ints(pads(g)),
      output_padding: ints([rest(g, 0), rest(g, 1)]),
    }
    const inputs = [transpose(scope, output, channelsFirst), weights]
    return transpose(scope, scope.node('ConvTranspose', inputs, attributes), channelsLast)
  },
  workspace,
  weights: filterBytes,
}

/** What the correlation of the whole image finds: the taps, and beyond them what the stride's rest allows. */
const found = (g: Geometry): readonly number[] => [
  g.channels,
  g.features,
  g.kernel[0] + rest(g, 0),
  g.kernel[1] + rest(g, 1),
]

/** Channels become the batch, the batch becomes the channels, and the outputs are a filter with holes. */
export const directFilter: GradientAlgorithm = {
  sum: found,
  add: (scope, image, output, g, before) => {
    const inputs = [transpose(scope, image, [3, 0, 1, 2]), transpose(scope, output, [3, 0, 1, 2])]
    const part = scope.node('Conv', inputs, { dilations: ints(g.window.strides), pads: ints(pads(g)) })
    return before === undefined ? part : scope.node('Add', [before, part])
  },
  finish: (scope, sum, g) => {
    const sizes = [g.channels, g.features, ...g.kernel]
    return transpose(scope, slice(scope, sum, found(g), { starts: [0, 0, 0, 0], sizes }), [2, 3, 0, 1])
  },
  workspace,
}

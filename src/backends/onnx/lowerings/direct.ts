import type { Geometry } from '../geometry.ts'
import { ints } from '../graph.ts'
import type { Scope } from '../lowering.ts'
import { slice, transpose } from './movement.ts'

/** Convolutions by ONNX's own operators, which want channels first. */

const channelsFirst = [0, 3, 1, 2]
const channelsLast = [0, 2, 3, 1]
/** `[kh, kw, c, f] -> [f, c, kh, kw]`, both for Conv and for ConvTranspose. */
const filterFirst = [3, 2, 0, 1]

const pads = ({ window: { padding } }: Geometry): readonly number[] => [
  padding[0][0],
  padding[1][0],
  padding[0][1],
  padding[1][1],
]

export const directForward = (scope: Scope, image: string, filter: string, g: Geometry): string => {
  const inputs = [transpose(scope, image, channelsFirst), transpose(scope, filter, filterFirst)]
  const attributes = { strides: ints(g.window.strides), pads: ints(pads(g)) }
  return transpose(scope, scope.node('Conv', inputs, attributes), channelsLast)
}

/** The pixels at the end that no window reaches, because the stride leaves a rest. */
const rest = (g: Geometry, axis: 0 | 1): number => {
  const [before, after] = g.window.padding[axis]
  return g.image[axis] + before + after - (g.output[axis] - 1) * g.window.strides[axis] - g.kernel[axis]
}

export const directInput = (scope: Scope, output: string, filter: string, g: Geometry): string => {
  const inputs = [transpose(scope, output, channelsFirst), transpose(scope, filter, filterFirst)]
  const attributes = {
    strides: ints(g.window.strides),
    pads: ints(pads(g)),
    output_padding: ints([rest(g, 0), rest(g, 1)]),
  }
  return transpose(scope, scope.node('ConvTranspose', inputs, attributes), channelsLast)
}

/** Channels become the batch, the batch becomes the channels, and the outputs are a filter with holes. */
export const directFilter = (scope: Scope, image: string, output: string, g: Geometry): string => {
  const inputs = [transpose(scope, image, [3, 0, 1, 2]), transpose(scope, output, [3, 0, 1, 2])]
  const correlation = scope.node('Conv', inputs, { dilations: ints(g.window.strides), pads: ints(pads(g)) })
  const found = [g.channels, g.features, g.kernel[0] + rest(g, 0), g.kernel[1] + rest(g, 1)]
  const sizes = [g.channels, g.features, ...g.kernel]
  return transpose(scope, slice(scope, correlation, found, { starts: [0, 0, 0, 0], sizes }), [2, 3, 0, 1])
}

import { at, invariant } from '../present.ts'
import { type Shape, size, type Window } from '../program.ts'
import { element as elementAt } from './element.ts'
import type { OpDefinition } from './op.ts'

/** Bound here for the inner loops: some loaders turn a call of an imported name into a property access, seven times slower. */
const element = elementAt

type Convolution = 'conv2d' | 'conv2dInput' | 'conv2dFilter'

/** How many positions a window of `kernel` pixels has along `n` padded pixels: the size of the output. */
export const windowCount = (
  n: number,
  kernel: number,
  stride: number,
  [before, after]: readonly [number, number],
): number => Math.floor((n + before + after - kernel) / stride) + 1

type Sizes = readonly [number, number]

const outputSize = ({ strides, padding }: Window, [h, w]: Sizes, [kh, kw]: Sizes): Shape => {
  const places = [windowCount(h, kh, strides[0], padding[0]), windowCount(w, kw, strides[1], padding[1])]
  invariant(
    places.every((n) => n > 0),
    () => `a filter of [${kh}, ${kw}] does not fit into [${h}, ${w}] padded by ${JSON.stringify(padding)}`,
  )
  return places
}

const window = ({ strides, padding }: Window): Window => ({ strides, padding })

/** Visits every tap of a convolution with three offsets: of the input pixel, of the filter tap, and of the output pixel. */
const taps = (
  { strides, padding }: Window,
  x: Shape,
  filter: Shape,
  y: Shape,
  visit: (x: number, filter: number, y: number) => void,
): void => {
  const [batch, h, w, c] = [at(x, 0), at(x, 1), at(x, 2), at(x, 3)]
  const [kh, kw, f] = [at(filter, 0), at(filter, 1), at(filter, 3)]
  const [oh, ow] = [at(y, 1), at(y, 2)]
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < oh; i++)
      for (let j = 0; j < ow; j++)
        for (let p = 0; p < kh; p++) {
          const row = i * strides[0] + p - padding[0][0]
          if (row < 0 || row >= h) continue
          for (let q = 0; q < kw; q++) {
            const column = j * strides[1] + q - padding[1][0]
            if (column < 0 || column >= w) continue
            visit(((n * h + row) * w + column) * c, (p * kw + q) * c * f, ((n * oh + i) * ow + j) * f)
          }
        }
}

/** Adds the products of one tap: of `c` channels of an input pixel with `f` channels of an output pixel, at these offsets. */
type AddTap = (x: number, filter: number, y: number, c: number, f: number) => void

/** Evaluates one of the three convolution ops in float64. All loop over the same taps, and differ in what they add to. */
const convolve = (
  params: Window,
  shapes: { readonly x: Shape; readonly filter: Shape; readonly y: Shape },
  result: Shape,
  addTo: (out: Float64Array) => AddTap,
): Float64Array => {
  const out = new Float64Array(size(result))
  const [c, f] = [at(shapes.filter, 2), at(shapes.filter, 3)]
  const add = addTo(out)
  taps(params, shapes.x, shapes.filter, shapes.y, (x, filter, y) => add(x, filter, y, c, f))
  return out
}

export const convolutionOps: { readonly [O in Convolution]: OpDefinition<O> } = {
  conv2d: {
    arity: 2,
    rounds: true,
    shape: (params, [x, filter]) => {
      invariant(
        x.length === 4 && filter.length === 4 && x[3] === filter[2],
        () => `conv2d of [${x}] by a filter of [${filter}]`,
      )
      return [at(x, 0), ...outputSize(params, pair(x, 1), pair(filter, 0)), at(filter, 3)]
    },
    gradient: ({ builder: b, params, inputs: [x, filter], gradient }) => [
      b.conv2dInput(gradient, filter, { ...params, size: pair(b.shape(x), 1) }),
      b.conv2dFilter(x, gradient, { ...params, size: pair(b.shape(filter), 0) }),
    ],
    evaluate: (params, [x, filter], [xs, fs], shape) =>
      convolve(params, { x: xs, filter: fs, y: shape }, shape, (out) => (i, j, o, c, f) => {
        for (let k = 0; k < c; k++) {
          const pixel = element(x, i + k)
          for (let l = 0; l < f; l++) out[o + l] = element(out, o + l) + pixel * element(filter, j + k * f + l)
        }
      }),
  },
  conv2dInput: {
    arity: 2,
    rounds: true,
    shape: (params, [y, filter]) => {
      const places = outputSize(params, params.size, pair(filter, 0))
      invariant(
        y.length === 4 && filter.length === 4 && y[3] === filter[3] && y[1] === places[0] && y[2] === places[1],
        () => `conv2dInput of [${y}] by a filter of [${filter}] to [${params.size}]`,
      )
      return [at(y, 0), ...params.size, at(filter, 2)]
    },
    gradient: ({ builder: b, params, inputs: [y, filter], gradient }) => [
      b.conv2d(gradient, filter, window(params)),
      b.conv2dFilter(gradient, y, { ...window(params), size: pair(b.shape(filter), 0) }),
    ],
    evaluate: (params, [y, filter], [ys, fs], shape) =>
      convolve(params, { x: shape, filter: fs, y: ys }, shape, (out) => (i, j, o, c, f) => {
        for (let k = 0; k < c; k++) {
          let sum = element(out, i + k)
          for (let l = 0; l < f; l++) sum += element(y, o + l) * element(filter, j + k * f + l)
          out[i + k] = sum
        }
      }),
  },
  conv2dFilter: {
    arity: 2,
    rounds: true,
    shape: (params, [x, y]) => {
      const places = outputSize(params, pair(x, 1), params.size)
      invariant(
        x.length === 4 && y.length === 4 && x[0] === y[0] && y[1] === places[0] && y[2] === places[1],
        () => `conv2dFilter of [${x}] and [${y}] to [${params.size}]`,
      )
      return [...params.size, at(x, 3), at(y, 3)]
    },
    gradient: ({ builder: b, params, inputs: [x, y], gradient }) => [
      b.conv2dInput(y, gradient, { ...window(params), size: pair(b.shape(x), 1) }),
      b.conv2d(x, gradient, window(params)),
    ],
    evaluate: (params, [x, y], [xs, ys], shape) =>
      convolve(params, { x: xs, filter: shape, y: ys }, shape, (out) => (i, j, o, c, f) => {
        for (let k = 0; k < c; k++) {
          const pixel = element(x, i + k)
          for (let l = 0; l < f; l++) out[j + k * f + l] = element(out, j + k * f + l) + pixel * element(y, o + l)
        }
      }),
  },
}

function pair(shape: Shape, axis: number): Sizes {
  return [at(shape, axis), at(shape, axis + 1)]
}

import { at, invariant } from '../present.ts'
import type { Params, Shape } from '../program.ts'
import { sameShape, size } from '../program.ts'
import { element as elementAt } from './element.ts'
import { type OpDefinition, strides, walk } from './op.ts'

/** Bound here for the inner loops: some loaders turn a call of an imported name into a property access, seven times slower. */
const element = elementAt

type Movement = 'reshape' | 'transpose' | 'broadcast' | 'concat' | 'slice' | 'pad'

/** Copies `shape` from a flat array, with the given strides. */
const read = (x: Float64Array, shape: Shape, steps: readonly number[], offset = 0): Float64Array => {
  const result = new Float64Array(size(shape))
  walk(shape, strides(shape), steps, (i, j) => {
    result[i] = element(x, offset + j)
  })
  return result
}

/** Writes an array of `shape` into a flat array of shape `into`, starting at the given corner. */
const write = (target: Float64Array, into: Shape, corner: readonly number[], x: Float64Array, shape: Shape): void => {
  const steps = strides(into)
  const offset = corner.reduce((sum, start, axis) => sum + start * at(steps, axis), 0)
  walk(shape, strides(shape), steps, (i, j) => {
    target[offset + j] = element(x, i)
  })
}

/** The axes of the result along which a broadcast repeats its input. */
const repeatedAxes = (from: Shape, to: Shape): readonly number[] => {
  const lead = to.length - from.length
  return to.flatMap((n, axis) => (axis < lead || (from[axis - lead] === 1 && n !== 1) ? [axis] : []))
}

const broadcastStrides = (from: Shape, to: Shape): readonly number[] => {
  const lead = to.length - from.length
  const own = strides(from)
  return to.map((_, axis) => (axis < lead || from[axis - lead] === 1 ? 0 : at(own, axis - lead)))
}

export const movementOps: { readonly [O in Movement]: OpDefinition<O> } = {
  reshape: {
    arity: 1,
    rounds: false,
    shape: ({ shape }, [x]) => {
      invariant(size(shape) === size(x), () => `reshape of [${x}] to [${shape}]`)
      return shape
    },
    gradient: ({ builder: b, inputs: [x], gradient }) => [b.reshape(gradient, b.shape(x))],
    evaluate: (_, [x]) => x,
  },
  transpose: {
    arity: 1,
    rounds: false,
    shape: ({ permutation }, [x]) => {
      invariant(
        [...permutation].sort((a, c) => a - c).every((axis, i) => axis === i) && permutation.length === x.length,
        () => `transpose of [${x}] by [${permutation}]`,
      )
      return permutation.map((axis) => at(x, axis))
    },
    gradient: ({ builder: b, params: { permutation }, gradient }) => [
      b.transpose(
        gradient,
        permutation.map((_, axis) => permutation.indexOf(axis)),
      ),
    ],
    evaluate: ({ permutation }, [x], [from], shape) => {
      const steps = strides(from)
      return read(
        x,
        shape,
        permutation.map((axis) => at(steps, axis)),
      )
    },
  },
  broadcast: {
    arity: 1,
    rounds: false,
    shape: ({ shape }, [x]) => {
      const lead = shape.length - x.length
      invariant(
        lead >= 0 && x.every((n, axis) => n === 1 || n === shape[axis + lead]),
        () => `broadcast of [${x}] to [${shape}]`,
      )
      return shape
    },
    gradient: ({ builder: b, params: { shape }, inputs: [x], gradient }) => [
      b.reshape(b.sum(gradient, repeatedAxes(b.shape(x), shape)), b.shape(x)),
    ],
    evaluate: (_, [x], [from], shape) => read(x, shape, broadcastStrides(from, shape)),
  },
  concat: {
    arity: 'many',
    rounds: false,
    shape: ({ axis }, inputs) => {
      const first = at(inputs, 0)
      const rest = (shape: Shape): Shape => shape.filter((_, i) => i !== axis)
      invariant(
        axis >= 0 && axis < first.length && inputs.every((shape) => sameShape(rest(shape), rest(first))),
        () => `concat of ${inputs.map((s) => `[${s}]`).join(', ')} along axis ${axis}`,
      )
      const total = inputs.reduce((sum, shape) => sum + at(shape, axis), 0)
      return first.map((n, i) => (i === axis ? total : n))
    },
    gradient: ({ builder: b, params: { axis }, inputs, gradient }) => {
      const shapes = inputs.map((x) => b.shape(x))
      return shapes.map((shape, i) => {
        const start = shapes.slice(0, i).reduce((sum, s) => sum + at(s, axis), 0)
        return b.slice(
          gradient,
          shape.map((_, j) => (j === axis ? start : 0)),
          shape,
        )
      })
    },
    evaluate: ({ axis }, inputs, shapes, shape) => {
      const result = new Float64Array(size(shape))
      let start = 0
      inputs.forEach((x, i) => {
        write(
          result,
          shape,
          shape.map((_, j) => (j === axis ? start : 0)),
          x,
          at(shapes, i),
        )
        start += at(at(shapes, i), axis)
      })
      return result
    },
  },
  slice: {
    arity: 1,
    rounds: false,
    shape: ({ starts, sizes }: Params['slice'], [x]) => {
      invariant(
        starts.length === x.length &&
          sizes.length === x.length &&
          x.every((n, axis) => at(starts, axis) >= 0 && at(starts, axis) + at(sizes, axis) <= n),
        () => `slice of [${x}] from [${starts}], sizes [${sizes}]`,
      )
      return sizes
    },
    gradient: ({ builder: b, params: { starts, sizes }, inputs: [x], gradient }) => {
      const after = b.shape(x).map((n, axis) => n - at(starts, axis) - at(sizes, axis))
      return [b.pad(gradient, starts, after)]
    },
    evaluate: ({ starts }, [x], [from], shape) => {
      const steps = strides(from)
      return read(
        x,
        shape,
        steps,
        starts.reduce((sum, start, axis) => sum + start * at(steps, axis), 0),
      )
    },
  },
  pad: {
    arity: 1,
    rounds: false,
    shape: ({ before, after }, [x]) => {
      invariant(
        before.length === x.length && after.length === x.length && [...before, ...after].every((n) => n >= 0),
        () => `pad of [${x}] by [${before}] and [${after}]`,
      )
      return x.map((n, axis) => at(before, axis) + n + at(after, axis))
    },
    gradient: ({ builder: b, params: { before }, inputs: [x], gradient }) => [b.slice(gradient, before, b.shape(x))],
    evaluate: ({ before }, [x], [from], shape) => {
      const result = new Float64Array(size(shape))
      write(result, shape, before, x, from)
      return result
    },
  },
}

import type { Term } from '../dsl/terms/term.ts'
import { type NodeId, size } from '../ir/program.ts'
import type { Scope } from './scope.ts'
import { lead, spread, type Value } from './value.ts'
import { widest } from './valueType.ts'

type Within = Extract<
  Term,
  { readonly op: 'sum' | 'mean' | 'max' | 'reshape' | 'broadcast' | 'transpose' | 'slice' | 'pad' }
>

/** An op on each value: its axes and shapes stand behind those of the batch. */
export const lowerWithin = ({ builder: b, batch }: Scope, term: Within, of: Value): Value => {
  const front = lead(of.level, batch)
  const zeros = front.map(() => 0)
  const node = ((): NodeId => {
    switch (term.op) {
      case 'sum':
      case 'mean':
      case 'max':
        return b[term.op](
          of.node,
          (term.axes ?? of.shape.map((_, axis) => axis)).map((axis) => axis + front.length),
        )
      case 'reshape':
        return b.reshape(of.node, [...front, ...term.shape])
      case 'broadcast':
        return b.broadcast(
          b.reshape(of.node, [...front, ...term.shape.slice(of.shape.length).map(() => 1), ...of.shape]),
          [...front, ...term.shape],
        )
      case 'transpose':
        return b.transpose(of.node, [...front.map((_, i) => i), ...term.permutation.map((axis) => axis + front.length)])
      case 'slice':
        return b.slice(of.node, [...zeros, ...term.starts], [...front, ...term.sizes])
      case 'pad':
        return b.pad(of.node, [...zeros, ...term.before], [...zeros, ...term.after])
    }
  })()
  return { level: of.level, shape: b.shape(node).slice(front.length), node }
}

export const lowerConcat = ({ builder: b, batch }: Scope, axis: number, parts: readonly Value[]): Value => {
  const level = widest(parts.map((part) => part.level))
  const front = lead(level, batch)
  const nodes = parts.map((part) => spread(b, part, level, part.shape, batch))
  const node = b.concat(nodes, axis + front.length)
  return { level, shape: b.shape(node).slice(front.length), node }
}

export const lowerMatmul = (
  { builder: b, batch }: Scope,
  term: Extract<Term, { op: 'matmul' }>,
  left: Value,
  right: Value,
): Value => {
  const level = widest([left.level, right.level])
  const [x, y] = [left, right].map((value) => spread(b, value, level, value.shape, batch))
  if (x === undefined || y === undefined) throw new Error('broken invariant: matmul of two')
  const node = b.matmul(x, y, { transposeA: term.transposeLeft, transposeB: term.transposeRight })
  return { level, shape: b.shape(node).slice(lead(level, batch).length), node }
}

/** Images per sample or per pair are one batch of images to the convolution. */
export const lowerConvolution = (
  { builder: b, batch }: Scope,
  term: Extract<Term, { op: 'conv2d' | 'conv2dInput' | 'conv2dFilter' }>,
  left: Value,
  right: NodeId,
): Value => {
  const window = { strides: term.strides, padding: term.padding }
  const params = { ...window, size: term.size ?? [1, 1] }
  const front = lead(left.level, batch)
  const images = left.level === 'batch' ? left.node : b.reshape(left.node, [size(front), ...left.shape])
  if (term.op === 'conv2dFilter') {
    const filter = b.conv2dFilter(images, right, params)
    return { level: 'batch', shape: b.shape(filter), node: filter }
  }
  const made = term.op === 'conv2d' ? b.conv2d(images, right, window) : b.conv2dInput(images, right, params)
  const shape = left.level === 'batch' ? b.shape(made) : b.shape(made).slice(1)
  return { level: left.level, shape, node: b.reshape(made, [...front, ...shape]) }
}

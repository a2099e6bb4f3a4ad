import type { Term } from '../dsl/terms/term.ts'
import type { Builder } from '../ir/builder.ts'
import type { BinaryOp, UnaryOp } from '../ir/ops/elementwise.ts'
import { at } from '../ir/ops/op.ts'
import { type NodeId, type Shape, size } from '../ir/program.ts'
import type { Scope } from './scope.ts'
import { alignable, lead, type Value } from './value.ts'
import { widest } from './valueType.ts'

type Elementwise = Extract<Term, { readonly op: UnaryOp | BinaryOp | 'square' | 'stopGradient' | 'select' }>

export const lowerElementwise = (scope: Scope, term: Elementwise, operands: readonly Value[]): Value => {
  const { builder: b, batch } = scope
  const level = widest(operands.map((operand) => operand.level))
  const shape = operands.map((operand) => operand.shape).reduce(wider)
  const nodes = operands.map((operand) => alignable(b, operand, level, shape, batch))
  const node = elementwiseNode(b, term, nodes)
  return { level, shape, node: b.broadcast(node, [...lead(level, batch), ...shape]) }
}

/** Of two shapes that combine: the one that is no single number, else the one of more axes. */
const wider = (a: Shape, b: Shape): Shape => {
  if (size(a) !== size(b)) return size(a) > size(b) ? a : b
  return a.length >= b.length ? a : b
}

const elementwiseNode = (b: Builder, term: Elementwise, operands: readonly NodeId[]): NodeId => {
  if (term.op === 'select') return b.select(at(operands, 0), at(operands, 1), at(operands, 2))
  return 'of' in term ? b[term.op](at(operands, 0)) : b[term.op](at(operands, 0), at(operands, 1))
}

import type { Builder } from '../builder.ts'
import { invariant } from '../present.ts'
import type { NodeId, NodeOf, Op, Params, Shape } from '../program.ts'
import { convolutionOps } from './convolution.ts'
import { binaryOps, selectOp, unaryOps } from './elementwise.ts'
import { indexingOps } from './indexing.ts'
import { identityOps, leafOps } from './leaf.ts'
import { matmulOp } from './matmul.ts'
import { movementOps } from './movement.ts'
import type { OpDefinition } from './op.ts'
import { reductionOps } from './reduction.ts'

/** Every op there is: a missing one, or one without a gradient or a meaning, does not compile. */
export const ops: { readonly [O in Op]: OpDefinition<O> } = {
  ...leafOps,
  ...identityOps,
  ...unaryOps,
  ...binaryOps,
  select: selectOp,
  matmul: matmulOp,
  ...convolutionOps,
  ...reductionOps,
  ...movementOps,
  ...indexingOps,
}

export const isOp = (name: string): name is Op => Object.hasOwn(ops, name)

export const shapeOf = <O extends Op>(op: O, params: Params[O], inputs: readonly Shape[]): Shape => {
  const { arity, shape } = ops[op]
  invariant(arity === 'many' || arity === inputs.length, () => `${op} takes ${arity} inputs, not ${inputs.length}`)
  const result = shape(params, inputs)
  invariant(
    result.every((n) => Number.isInteger(n) && n >= 0),
    () => `${op} makes the shape [${result}]`,
  )
  return result
}

export const backward = <O extends Op>(
  builder: Builder,
  node: NodeOf<O>,
  output: NodeId,
  gradient: NodeId,
): readonly (NodeId | undefined)[] =>
  ops[node.op].gradient({ builder, params: node.params, inputs: node.inputs, output, gradient })

export const evaluateNode = <O extends Op>(
  node: NodeOf<O>,
  inputs: readonly Float64Array[],
  shapes: readonly Shape[],
): Float64Array => ops[node.op].evaluate(node.params, inputs, shapes, node.shape)

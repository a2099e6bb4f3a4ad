import type { Builder } from '../builder.ts'
import { invariant } from '../present.ts'
import type { Inputs, NodeId, NodeOf, Op, Params, Shape } from '../program.ts'
import { convolutionOps } from './convolution.ts'
import { binaryOps, selectOp, unaryOps } from './elementwise.ts'
import { indexingOps } from './indexing.ts'
import { identityOps, leafOps } from './leaf.ts'
import { matmulOp } from './matmul.ts'
import { movementOps } from './movement.ts'
import type { OpDefinition } from './op.ts'
import { reductionOps } from './reduction.ts'

/** The table of all ops. A missing op, or one without a gradient or an evaluation, does not compile. */
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

const fits = <O extends Op, A>(op: O, list: readonly A[]): list is Inputs<O, A> => {
  const { arity } = ops[op]
  return arity === 'many' || arity === list.length
}

/** A list as the tuple of an op's inputs. A list of another length is a broken invariant. */
export const inputsOf = <O extends Op, A>(op: O, list: readonly A[]): Inputs<O, A> => {
  if (!fits(op, list)) throw new Error(`broken invariant: ${op} takes ${ops[op].arity} inputs, not ${list.length}`)
  return list
}

export const shapeOf = <O extends Op>(op: O, params: Params[O], inputs: readonly Shape[]): Shape => {
  const result = ops[op].shape(params, inputsOf(op, inputs))
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
): Float64Array => ops[node.op].evaluate(node.params, inputsOf(node.op, inputs), inputsOf(node.op, shapes), node.shape)

import * as E from '#fp-ts/Either'
import { checkShape } from '../dsl/layers/rule.ts'
import type { Level } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { Problem } from '../errors/specError.ts'
import { shapeOf } from '../ir/ops/table.ts'
import { type Op, type Params, type Shape, showShape } from '../ir/program.ts'
import { describe, type ValueType, widest } from './valueType.ts'

export type Structural = Extract<
  Term,
  {
    readonly op:
      | 'sum'
      | 'mean'
      | 'max'
      | 'matmul'
      | 'conv2d'
      | 'conv2dInput'
      | 'conv2dFilter'
      | 'reshape'
      | 'broadcast'
      | 'transpose'
      | 'concat'
      | 'slice'
      | 'pad'
      | 'gather'
      | 'scatter'
  }
>

type Types = { readonly [part: string]: ValueType }

/** The shape that an op makes of one value, by its own rule: what breaks an op's invariant is here a user's mistake. */
const opShape = <O extends Op>(op: O, params: Params[O], shapes: readonly Shape[]): E.Either<Problem, Shape> => {
  const misfit = (found: string): Problem => ({
    expected: `operands that ${op} takes`,
    found,
    hint: 'shapes and axes here are those of one value, without the batch',
  })
  const made = E.tryCatch(
    () => shapeOf(op, params, shapes),
    (error) => misfit(error instanceof Error ? said(error.message, shapes) : shapes.map(showShape).join(' and ')),
  )
  return E.filterOrElse(
    (shape: Shape) => checkShape(shape) === undefined,
    (shape) => misfit(`what would make ${showShape(shape)}`),
  )(made)
}

/** An op's own words, or where it has none for too few axes, the shapes. */
const said = (message: string, shapes: readonly Shape[]): string => {
  const words = message.replace('broken invariant: ', '')
  return words.startsWith('no element') ? shapes.map(showShape).join(' and ') : words
}

const naturals = (what: string, numbers: readonly number[]): Problem | undefined =>
  numbers.every((n) => Number.isSafeInteger(n) && n >= 0)
    ? undefined
    : { expected: `${what} of whole numbers, 0 or more`, found: `[${numbers.join(', ')}]`, hint: 'give one per axis' }

const axesOf = (shape: Shape, axes: readonly number[] | undefined): readonly number[] =>
  axes ?? shape.map((_, axis) => axis)

const windowOf = (term: Extract<Term, { op: 'conv2d' | 'conv2dInput' | 'conv2dFilter' }>) => ({
  strides: term.strides,
  padding: term.padding,
})

/** Images of one value have no batch axis of their own. */
const asImages = ({ level, shape }: ValueType): Shape => (level === 'batch' ? shape : [1, ...shape])

const ofOneImage = (level: Level, shape: E.Either<Problem, Shape>): E.Either<Problem, Shape> =>
  level === 'batch' ? shape : E.map((images: Shape) => images.slice(1))(shape)

const constantOnly = (name: string, type: ValueType): Problem | undefined =>
  type.level === 'batch'
    ? undefined
    : {
        expected: `a constant for ${name}`,
        found: describe(type),
        hint: 'what varies by sample can be reduced with E first',
      }

const convolutionShape = (
  term: Extract<Term, { op: 'conv2d' | 'conv2dInput' | 'conv2dFilter' }>,
  left: ValueType,
  right: ValueType,
): E.Either<Problem, Shape> => {
  const varying = constantOnly(`the second operand of ${term.op}`, right)
  if (varying !== undefined) return E.left(varying)
  const shapes = [asImages(left), right.shape]
  if (term.op === 'conv2d') return ofOneImage(left.level, opShape('conv2d', windowOf(term), shapes))
  const size = term.size
  if (size === undefined)
    return E.left({ expected: `size in ${term.op}`, found: 'none', hint: 'give the height and width of what it makes' })
  if (term.op === 'conv2dInput')
    return ofOneImage(left.level, opShape('conv2dInput', { ...windowOf(term), size }, shapes))
  const sampled = constantOnly('both operands of conv2dFilter', left)
  return sampled === undefined ? opShape('conv2dFilter', { ...windowOf(term), size }, shapes) : E.left(sampled)
}

/** What a rule of shapes does not see in a term's numbers. */
const numberProblem = (term: Structural): Problem | undefined => {
  if (term.op === 'slice') return naturals('starts', term.starts)
  if (term.op === 'pad') return naturals('zeros before and after', [...term.before, ...term.after])
  return 'padding' in term ? naturals('padding', term.padding.flat()) : undefined
}

const shapeRule = (term: Structural, types: Types): E.Either<Problem, Shape> => {
  const numbers = numberProblem(term)
  if (numbers !== undefined) return E.left(numbers)
  const of = types.of ?? types.left ?? types.updates ?? types.table ?? { level: 'batch', shape: [] }
  const right = types.right ?? types.indices ?? of
  switch (term.op) {
    case 'sum':
    case 'mean':
      return opShape('sum', { axes: axesOf(of.shape, term.axes) }, [of.shape])
    case 'max':
      return opShape('max', { axes: axesOf(of.shape, term.axes) }, [of.shape])
    case 'matmul':
      return opShape('matmul', { transposeA: term.transposeLeft, transposeB: term.transposeRight }, [
        of.shape,
        right.shape,
      ])
    case 'conv2d':
    case 'conv2dInput':
    case 'conv2dFilter':
      return convolutionShape(term, of, right)
    case 'reshape':
      return opShape('reshape', { shape: term.shape }, [of.shape])
    case 'broadcast':
      return opShape('broadcast', { shape: term.shape }, [of.shape])
    case 'transpose':
      return opShape('transpose', { permutation: term.permutation }, [of.shape])
    case 'slice':
      return opShape('slice', { starts: term.starts, sizes: term.sizes }, [of.shape])
    case 'pad':
      return opShape('pad', { before: term.before, after: term.after }, [of.shape])
    case 'concat': {
      const shapes = Object.values(types).map(({ shape }) => shape)
      return shapes.length === 0 ? E.left(nothingJoined) : opShape('concat', { axis: term.axis }, shapes)
    }
    case 'gather': {
      const varying = constantOnly('the table of gather', of)
      return varying === undefined ? opShape('gather', {}, [of.shape, right.shape]) : E.left(varying)
    }
    case 'scatter': {
      const varying = constantOnly('the operands of scatter', { ...of, level: widest([of.level, right.level]) })
      return varying === undefined ? opShape('scatter', { size: term.size }, [of.shape, right.shape]) : E.left(varying)
    }
  }
}

const nothingJoined: Problem = {
  expected: 'values to join',
  found: 'none',
  hint: 'join one at least; where this comes of packing, pack a whole number of samples, from 1 on',
}

/** The type of an op that is not elementwise, applied to each value. */
export const structuralShape = (term: Structural, types: Types): E.Either<Problem, ValueType> => {
  const level = widest(Object.values(types).map((type) => type.level))
  return E.map((shape: Shape): ValueType => ({ level, shape }))(shapeRule(term, types))
}

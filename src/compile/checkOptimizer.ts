import { errorsAt } from '../codecs/specErrors.ts'
import type { SlotUse } from '../dsl/terms/typeContext.ts'
import { describe, fitsIn, isScalar, type ValueType } from '../dsl/terms/valueType.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import { type Shape, showShape } from '../ir/program.ts'
import type { Optimizer, Wrapper } from '../optimizers/optimizer.ts'
import { optimizerKind, updateOf } from '../optimizers/optimizer.ts'
import { infer, type Names } from './infer.ts'

export interface CheckedUpdate {
  readonly errors: readonly SpecError[]
  /** The memory for one parameter. */
  readonly slots: readonly SlotUse[]
}

const number: ValueType = { level: 'batch', shape: [] }
const optimizerOnly = { networks: {}, sources: {}, place: 'optimizer' } as const

/** The same optimizer with a constant in place of each expression, which is checked as one. */
const constantsOf = (optimizer: Optimizer): Optimizer => {
  if ('of' in optimizer) return { ...optimizer, of: constantsOf(optimizer.of) }
  if (optimizer.type === 'custom') return { ...optimizer, update: { op: 'number', value: 0 } }
  return typeof optimizer.lr === 'number' ? optimizer : { ...optimizer, lr: 0 }
}

/** What is wrong with an optimizer's constants: a spec that was written in code was never decoded. */
export const constantErrors = (optimizer: Optimizer, path: readonly string[]): readonly SpecError[] =>
  errorsAt(optimizerKind.codec, path, constantsOf(optimizer))

/** An optimizer's learning rate, where it is an expression, and the order of what is around it. */
export const checkRate = (optimizer: Optimizer, path: readonly string[]): readonly SpecError[] => {
  if ('of' in optimizer) {
    const within = checkRate(optimizer.of, [...path, 'of'])
    return within.length > 0 ? within : orderErrors(optimizer, path)
  }
  if (!('lr' in optimizer) || typeof optimizer.lr === 'number') return []
  const at = [...path, 'lr']
  const { type, errors } = infer(optimizer.lr, { ...optimizerOnly, slotShape: [], variables: { updates: number } }, at)
  if (type === undefined || (type.level === 'batch' && isScalar(type.shape))) return errors
  return [specError(at, { expected: 'one number', found: describe(type), hint: 'write it of step and updates' })]
}

/** Wrappers that can't be right in this order. */
const orderErrors = ({ type, of }: Wrapper, path: readonly string[]): readonly SpecError[] => {
  return type === 'optimistic' && layers(of).includes('accumulate')
    ? [
        specError([...path, 'of'], {
          expected: 'an optimizer that moves at every update, within optimistic',
          found: 'accumulate, which moves at some',
          hint: 'put accumulate around optimistic',
        }),
      ]
    : []
}

const layers = (optimizer: Optimizer): readonly Optimizer['type'][] =>
  'of' in optimizer ? [optimizer.type, ...layers(optimizer.of)] : [optimizer.type]

/** What an optimizer makes of a parameter of that shape, given that its rate is right. */
export const checkUpdate = (optimizer: Optimizer, shape: Shape, path: readonly string[]): CheckedUpdate => {
  const own: ValueType = { level: 'batch', shape }
  const names: Names = {
    ...optimizerOnly,
    slotShape: shape,
    variables: { parameter: own, gradient: own, updates: number },
  }
  if ('of' in optimizer) {
    const inner = checkUpdate(optimizer.of, shape, [...path, 'of'])
    if (inner.errors.length > 0) return inner
  }
  const at = optimizer.type === 'custom' ? [...path, 'update'] : path
  const { type, errors, slots } = infer(updateOf(optimizer), names, at)
  const fits = type === undefined || (type.level === 'batch' && fitsIn(type.shape, shape))
  return { errors: fits ? errors : [misfit(at, shape, type)], slots }
}

const misfit = (path: readonly string[], shape: Shape, found: ValueType): SpecError =>
  specError(path, {
    expected: `a new value of shape ${showShape(shape)}`,
    found: describe(found),
    hint: 'an update is elementwise: the same expression for every parameter',
  })

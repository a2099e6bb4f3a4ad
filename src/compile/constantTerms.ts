import { onNumbers } from '../algebra/onNumbers.ts'
import { inArithmetic, isElementwise } from '../dsl/terms/inArithmetic.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, mapParts, partsOf } from '../dsl/terms/termParts.ts'
import { size } from '../ir/program.ts'
import type { Inferred } from './infer.ts'

/** A term with all that is constant in it as numbers. */
export interface Folded {
  readonly term: Term
  /** Whether it is constant since terms cancel out that would not by their formulas alone: at this batch, or of one number. */
  readonly cancels: boolean
}

const number = (value: number): Term => ({ op: 'number', value })

/** The number that each element is, of a term that is folded to one. */
export const numberIn = (term: Term): number | undefined => (term.op === 'number' ? term.value : undefined)

/** What moves numbers, or repeats them: of a constant it makes the same constant. */
const moving: ReadonlySet<Term['op']> = new Set(['reshape', 'broadcast', 'transpose', 'slice', 'stopGradient'])

/**
 * Folds terms to what they are at a batch, where types are those of all of them. At batch 1 a mean over the batch, the largest
 * of it and the other sample of a pair are the sample itself, and its index is 0; of one number so are sum, mean and largest.
 * Then x - x is 0 and x / x is 1, to every derivative.
 */
export const folding = (types: Inferred['types'], batch: number): ((term: Term) => Folded) => {
  const identify = identifier()
  const known = new Map<Term, Folded>()
  const elements = (term: Term): number | undefined => {
    const type = types.get(term)
    return type === undefined ? undefined : size(type.shape)
  }
  const isSame = (a: Term, b: Term): boolean => identify(bare(a)) === identify(bare(b))

  const fold = (term: Term): Folded => {
    const before = known.get(term)
    if (before !== undefined) return before
    const parts = new Map(Object.values(partsOf(term)).map((part) => [part, fold(part)]))
    const made = mapParts(term, (part) => parts.get(part)?.term ?? part)
    const inner = [...parts.values()].some(({ cancels }) => cancels)
    const folded = foldOne(term, made, inner)
    known.set(term, folded)
    return folded
  }

  const foldOne = (original: Term, term: Term, inner: boolean): Folded => {
    const constant = (value: number, cancels = inner): Folded => ({ term: number(value), cancels })
    const same = (of: Term): Folded => ({ term: of, cancels: inner })
    switch (term.op) {
      case 'index':
        return batch === 1 ? constant(0, true) : same(term)
      case 'E':
      case 'maxOverBatch':
      case 'pair':
        return batch === 1 || numberIn(term.of) !== undefined ? same(term.of) : same(term)
      case 'mean':
      case 'max':
      case 'sum': {
        const before = 'of' in original ? elements(original.of) : undefined
        const after = elements(original)
        if (before === undefined || after === undefined) return same(term)
        if (before === after) return same(term.of)
        const value = numberIn(term.of)
        return value === undefined ? same(term) : constant(term.op === 'sum' ? (value * before) / after : value)
      }
      case 'log':
        if (term.of.op === 'exp') return same(term.of.of)
    }
    if (moving.has(term.op) && 'of' in term && numberIn(term.of) !== undefined) return same(term.of)
    const value = valueOfNumbers(term)
    if (value !== undefined) return constant(value)
    if (!('left' in term)) return same(term)
    const [left, right] = [numberIn(term.left), numberIn(term.right)]
    if (term.op === 'mul' && (left === 0 || right === 0)) return constant(0)
    if (term.op === 'sub' && isSame(term.left, term.right)) return constant(0, true)
    if (term.op === 'div' && isSame(term.left, term.right)) return constant(1, true)
    return same(term)
  }
  return fold
}

/** A term without what only changes its shape: elements keep their order. */
const bare = (term: Term): Term => (term.op === 'reshape' ? bare(term.of) : term)

/** The value of a function of numbers alone. A choice between numbers stays as it is. */
const valueOfNumbers = (term: Term): number | undefined =>
  isElementwise(term) && term.op !== 'select' && Object.values(partsOf(term)).every((part) => part.op === 'number')
    ? inArithmetic(onNumbers, term, () => undefined)
    : undefined

import { text } from '../dsl/printing/text.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, partsOf, subterms, type TermId } from '../dsl/terms/termParts.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import { type SpecWarning, specWarning } from '../errors/warnings.ts'
import { type Folded, folding, numberIn } from './constantTerms.ts'
import type { Inferred } from './infer.ts'

/**
 * What is constant in an objective by construction: at this batch, or over one number. It is an error where the whole objective is
 * constant or not a finite number, for then its player learns nothing or becomes NaN; else a warning.
 */
export const degenerateTerms = (
  objective: Term | undefined,
  types: Inferred['types'],
  batch: number,
  path: readonly string[],
): { readonly errors: readonly SpecError[]; readonly warnings: readonly SpecWarning[] } => {
  if (objective === undefined) return { errors: [], warnings: [] }
  const [fold, foldLarger] = [folding(types, batch), folding(types, 2)]
  const hint = (term: Term): string =>
    batch === 1 && numberIn(foldLarger(term).term) === undefined
      ? 'Raise batch: this compares different samples of one batch.'
      : 'Take it out, or give it more than one number to compare.'
  const errors: SpecError[] = []
  const warnings: SpecWarning[] = []
  for (const { term, value } of constantParts(objective, fold)) {
    const found = `${shortened(text(term))} is ${value} at batch ${batch}, whatever the networks make`
    if (!Number.isFinite(value) || term === objective)
      errors.push(specError(path, { expected: 'a number that the networks can change', found, hint: hint(term) }))
    else warnings.push(specWarning(path, found, hint(term)))
  }
  return { errors, warnings }
}

interface Constant {
  readonly term: Term
  readonly value: number
}

/** The largest parts of a term that are constant though samples or networks stand in them; equal ones are one. */
const constantParts = (term: Term, fold: (term: Term) => Folded): readonly Constant[] => {
  const identify = identifier()
  const found: Constant[] = []
  const seen = new Set<TermId>()
  const visit = (each: Term): void => {
    if (seen.has(identify(each))) return
    seen.add(identify(each))
    const { term: folded, cancels } = fold(each)
    const value = numberIn(folded)
    if (value !== undefined && cancels && dependsOnSamples(each)) found.push({ term: each, value })
    else for (const part of Object.values(partsOf(each))) visit(part)
  }
  visit(term)
  return found
}

const dependsOnSamples = (term: Term): boolean =>
  subterms(term).some(({ op }) => op === 'apply' || op === 'sample' || op === 'noise')

const longest = 120

const shortened = (formula: string): string =>
  formula.length <= longest ? formula : `${formula.slice(0, longest)} ...`

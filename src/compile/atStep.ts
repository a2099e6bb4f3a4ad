import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import type { GameSpec } from '../spec/spec.ts'

/** The last step of a game: where a trained one stands. */
export const lastStep = ({ steps }: Pick<GameSpec, 'steps'>): number => Math.max(0, steps - 1)

/** A term at one step of a game of so many: schedules in it are the numbers that they have there. */
export const atStep = (term: Term, step: number, steps: number): Term => {
  const values: { readonly [op: string]: number | undefined } = { step, progress: step / Math.max(1, steps) }
  return subterms(term).some(({ op }) => values[op] !== undefined)
    ? rewrite(term, (part) => {
        const value = values[part.op]
        return value === undefined ? part : { op: 'number', value }
      })
    : term
}

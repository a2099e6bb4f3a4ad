import { rewrite } from '../dsl/rewrite.ts'
import type { Term } from '../dsl/term.ts'
import { subterms } from '../dsl/termParts.ts'

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

/** The number of a game's last step. Schedules are defined up to it; one of their ranges may end there. */
export const lastStep = ({ steps }: { readonly steps: number }): number => Math.max(0, steps - 1)

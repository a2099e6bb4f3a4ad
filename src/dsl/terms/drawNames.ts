import { rewriteDownTo } from './rewrite.ts'
import { drawOf } from './sampled.ts'
import type { Term } from './term.ts'
import { termsDownTo } from './termsDownTo.ts'

const isMemory = ({ op }: Term): boolean => op === 'slot'

/** Keys of the draws in a term, outside of slots. All fields of a sample have the same key. */
export const drawsOf = (root: Term): ReadonlySet<string> =>
  new Set(
    termsDownTo(root, isMemory).flatMap((term) => {
      if (term.op === 'sample') return [`sample ${term.source} ${drawOf(term)}`]
      return term.op === 'noise' ? [`noise ${term.draw}`] : []
    }),
  )

/** Renumbers the noise of a term, and optionally its samples, in the order of the term. Terms with equal distributions become equal. */
export const numberedDraws = (root: Term, samplesToo: boolean): Term => {
  const numbers = new Map<string, string>()
  const numbered = (name: string): string => {
    const found = numbers.get(name) ?? `${numbers.size + 1}`
    numbers.set(name, found)
    return found
  }
  return rewriteDownTo(root, isMemory, (term) => {
    if (term.op === 'noise') return { ...term, draw: numbered(`noise ${term.draw}`) }
    if (term.op !== 'sample' || !samplesToo) return term
    return { ...term, draw: numbered(`sample ${term.source} ${drawOf(term)}`) }
  })
}

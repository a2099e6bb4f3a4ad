import { rewrite } from './rewrite.ts'
import type { Term } from './term.ts'

/** A term that only asks: memory is as it starts. */
export const withoutMemory = (term: Term): Term => rewrite(term, (part) => (part.op === 'slot' ? startOf(part) : part))

const startOf = ({ initial, shape = [] }: Extract<Term, { readonly op: 'slot' }>): Term => {
  const value = { op: 'number', value: initial } as const
  return shape.length === 0 ? value : { op: 'broadcast', of: value, shape }
}

import type { Term } from '../../src/dsl/terms/term.ts'

/** The numbers that variables have, and slots before the update. */
export interface Scope {
  readonly variables: { readonly [name: string]: number }
  readonly slots: { readonly [name: string]: number }
  readonly step?: number
  /** The game's number of steps. */
  readonly steps?: number
}

/** The value of a term of scalars, by the mathematics of its ops. */
export const scalarValue = (term: Term, scope: Scope): number => {
  const value = (part: Term): number => scalarValue(part, scope)
  switch (term.op) {
    case 'number':
      return term.value
    case 'variable':
      return scope.variables[term.name] ?? NaN
    case 'slot':
      return scope.slots[term.name] ?? term.initial
    case 'previous':
      return scope.slots[term.slot] ?? 0
    case 'neg':
      return -value(term.of)
    case 'square':
      return value(term.of) ** 2
    case 'sqrt':
      return Math.sqrt(value(term.of))
    case 'expm1':
      return Math.expm1(value(term.of))
    // There is one element, and one parameter.
    case 'sum':
    case 'ranged':
    case 'acrossParameters':
      return value(term.of)
    case 'cos':
      return Math.cos(value(term.of))
    case 'floor':
      return Math.floor(value(term.of))
    case 'log':
      return Math.log(value(term.of))
    case 'sign':
      return Math.sign(value(term.of))
    case 'add':
      return value(term.left) + value(term.right)
    case 'sub':
      return value(term.left) - value(term.right)
    case 'mul':
      return value(term.left) * value(term.right)
    case 'div':
      return value(term.left) / value(term.right)
    case 'pow':
      return value(term.left) ** value(term.right)
    case 'maximum':
      return Math.max(value(term.left), value(term.right))
    case 'minimum':
      return Math.min(value(term.left), value(term.right))
    case 'equal':
      return value(term.left) === value(term.right) ? 1 : 0
    case 'select':
      return value(term.condition) !== 0 ? value(term.chosen) : value(term.otherwise)
    case 'step':
      return scope.step ?? 0
    case 'progress':
      return (scope.step ?? 0) / (scope.steps ?? 1)
    case 'exp':
      return Math.exp(value(term.of))
    default:
      throw new Error(`${term.op} is not of scalars`)
  }
}

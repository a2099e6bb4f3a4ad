import { invariant } from '../present.ts'
import type { Params } from '../program.ts'
import { size } from '../program.ts'
import type { OpDefinition } from './op.ts'

type Leaf = 'constant' | 'state' | 'draw' | 'step'

const given = (): never => {
  throw new Error('broken invariant: the caller gives the value of a leaf')
}

export const leafOps: { readonly [O in Leaf]: OpDefinition<O> } = {
  constant: {
    arity: 0,
    rounds: false,
    shape: ({ shape, values }: Params['constant']) => {
      invariant(values.length === size(shape), () => `${values.length} values for a constant of shape [${shape}]`)
      return shape
    },
    gradient: () => [],
    evaluate: ({ values }) => Float64Array.from(values),
  },
  state: { arity: 0, rounds: false, shape: ({ shape }) => shape, gradient: () => [], evaluate: given },
  draw: { arity: 0, rounds: false, shape: ({ shape }) => shape, gradient: () => [], evaluate: given },
  step: { arity: 0, rounds: false, shape: () => [], gradient: () => [], evaluate: given },
}

/** Identities that guide differentiation and rewriting. Simplification removes them from the finished program. */
export const identityOps: {
  readonly [O in 'stopGradient' | 'barrier']: OpDefinition<O>
} = {
  stopGradient: {
    arity: 1,
    rounds: false,
    shape: (_, [x]) => x,
    gradient: () => [undefined],
    evaluate: (_, [x]) => x,
  },
  barrier: {
    arity: 1,
    rounds: false,
    shape: (_, [x]) => x,
    gradient: ({ gradient }) => [gradient],
    evaluate: (_, [x]) => x,
  },
}

import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import { type Expr, type Level, toTerm } from '../terms/expression.ts'
import { isElementwise } from '../terms/inArithmetic.ts'
import type { Term } from '../terms/term.ts'
import { termCodec } from '../terms/termCodec.ts'
import { subterms } from '../terms/termParts.ts'
import { elementwise } from './activations.ts'

/** A function of one number, applied elementwise. */
export interface ActivationLayer {
  readonly type: 'activation'
  readonly expression: Term
}

type OfT<L extends Level, S extends Shape, U extends string> = [Exclude<U, 'variable t'>] extends [never]
  ? Expr<L, S, U>
  : 'an activation is an expression of t alone, but this one uses a network or a source'

/**
 * A custom activation, as an elementwise expression of `t`: `activation(mul(t, sigmoid(t)))`.
 *
 * @example const swish = activation(mul(t, sigmoid(t)))
 */
export const activation = <L extends Level, S extends Shape, U extends string>(expression: OfT<L, S, U>): Same =>
  append({ type: 'activation', expression: toTerm(expression, 'activation') })

const isAllowed = (term: Term): boolean => term.op === 'step' || term.op === 'progress' || isElementwise(term)

/** The part that prevents a term from being an elementwise function of t, if any. */
const stray = (term: Term): string | undefined => {
  const found = subterms(term).find((each) => (each.op === 'variable' ? each.name !== 't' : !isAllowed(each)))
  return found?.op === 'variable' ? `variable ${found.name}` : found?.op
}

const checkExpression = ({ expression }: ActivationLayer): Problem | undefined => {
  const found = stray(expression)
  return found === undefined
    ? undefined
    : {
        expected: 'an elementwise expression of t alone',
        found,
        hint: 'Use only numbers, t, step, progress and functions of them. To mix numbers, write a layer.',
      }
}

export const activationDefinition = /* @__PURE__ */ elementwise<ActivationLayer>(
  () => struct({ type: t.literal('activation'), expression: termCodec }),
  ({ expression }) => expression,
  checkExpression,
)

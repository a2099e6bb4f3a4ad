import * as t from '#io-ts'
import { struct } from '../codecs/struct.ts'
import { type Expr, toTerm } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'
import type { Shape } from '../ir/program.ts'
import type { OptimizerDefinition } from './definition.ts'
import type { Optimizer } from './optimizer.ts'

interface Custom {
  readonly type: 'custom'
  /** The new value of a parameter, an expression of `parameter`, `gradient` and `updates`. */
  readonly update: Term
}

type Variables = `variable ${'parameter' | 'gradient' | 'updates'}`

/**
 * Your own optimizer: a parameter's new value as an expression of `parameter`, `gradient` and `updates`, for every parameter. For
 * memory, use a `slot` without a shape: it gets the parameter's shape.
 *
 * @example optimizer(sub(variables.parameter, mul(0.01, sign(variables.gradient))))
 */
export const optimizer = (update: Expr<'batch', Shape, Variables>): Optimizer => ({
  type: 'custom',
  update: toTerm(update, 'optimizer', 'update'),
})

export const customDefinition: OptimizerDefinition<Custom> = {
  codec: () => struct({ type: t.literal('custom'), update: termCodec }),
  update: ({ update }) => update,
}

import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import { interpolate } from '../dsl/terms/draw.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { grad } from '../dsl/terms/statistics.ts'

/** D's gradient at each point. */
export const slopeAt = <S extends readonly number[], U extends string>(
  point: Expr<'sample', S, U>,
): Expr<'sample', S, U | 'network D'> => grad(D(point), point)

/** D's gradient at random points between real and generated samples: Gulrajani et al. 2017, algorithm 1. */
export const slopeBetween = slopeAt(interpolate(x, G(z)))

import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { Roles } from '../../compile/roles.ts'
import type { Component } from '../../dsl/sources/source.ts'
import { sourceKind } from '../../dsl/sources/table.ts'
import type { Term } from '../../dsl/terms/term.ts'
import type { Threshold } from '../../theory/equilibrium.ts'
import { budgetOf } from '../budget.ts'
import { notMeasured } from '../notMeasured.ts'
import type { Setting } from '../setting.ts'
import type { Classifier, Measurable, Measured } from './metric.ts'

/** Samples of the data and of the generator. */
interface Samples {
  readonly real: Term
  readonly generated: Term
}

/** Data that are a mixture of Gaussians. */
export const mixture = ({
  elaborated: { game },
  samples,
}: Measurable): Measured<Samples & { readonly components: readonly Component[] }> =>
  pipe(
    samples,
    E.flatMap(({ real, generated }) => {
      const source = real.op === 'sample' && real.field === 'x' ? game.sources[real.source] : undefined
      const components = source === undefined ? undefined : sourceKind.definitionOf(source).components?.(source)
      return components === undefined
        ? E.left(notMeasured('the data is no mixture of Gaussians'))
        : E.right({ real, generated, components })
    }),
  )

/** A critic that other networks can be measured by: who it is, how it is read, and what that may cost. */
export const critic = (
  game: Measurable,
): Measured<{ readonly roles: Roles; readonly setting: Setting; readonly budget: ReturnType<typeof budgetOf> }> =>
  pipe(
    game.roles,
    E.bindTo('roles'),
    E.bind('setting', () => game.setting),
    E.let('budget', ({ roles, setting }) => budgetOf(game.compiled, roles, setting, game.budget)),
  )

/** A critic from whose number on a sample counts as real. */
export const classifyingCritic = (
  game: Measurable,
): Measured<{ readonly roles: Roles; readonly samples: number; readonly threshold: Threshold }> =>
  pipe(
    critic(game),
    E.map(({ roles, budget }) => ({ roles, samples: budget.samples })),
    E.bind('threshold', () =>
      pipe(
        game.critic,
        E.flatMap(({ threshold }) => threshold),
      ),
    ),
  )

/** A classifier of what is generated. */
export const classified = ({
  samples,
  classifier,
}: Measurable): Measured<{ readonly generated: Term; readonly classifier: Classifier }> =>
  pipe(
    samples,
    E.flatMap(({ generated }) =>
      classifier === undefined ? E.left(notMeasured('no classifier was given')) : E.right({ generated, classifier }),
    ),
  )

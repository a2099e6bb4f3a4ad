import { addends } from '../algebra/addends.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import { isCoupled } from './coupling.ts'
import type { Critic } from './critic.ts'
import type { Kind } from './law.ts'
import type { Side } from './matchObjective.ts'
import { observedBy } from './observed.ts'

/**
 * Replaces the mixtures, packs or views that D sees by single samples. The objective stays the same function of the distributions that
 * D sees. `undefined` if it would not: if a real and a generated sample share a draw, or if the objective also reads samples outside of D.
 */
export const withoutViews = (critic: Critic, side: Side): Side | undefined => {
  if (observedBy(critic) === undefined) return side
  const { objective } = side
  const shown = plainInputs(critic)
  if (shown === undefined || isCoupled(critic, objective) || readsBesideD(critic, objective)) return undefined
  const plain = (term: Term): Term => {
    const kind = term.op === 'apply' && critic.is(term) ? critic.lawOf(term)?.kind : undefined
    return term.op === 'apply' && kind !== undefined ? { ...term, inputs: shown[kind] } : term
  }
  return { ...side, objective: rewrite(objective, plain) }
}

type PointInputs = { readonly [input: string]: Term }

/** D's inputs of each kind, without the view. */
const plainInputs = ({ points, view }: Critic): { readonly [K in Kind]: PointInputs } | undefined => {
  const of = (point: Term | undefined): PointInputs => (point?.op === 'apply' ? point.inputs : {})
  const inputs = { real: of(points.real), fake: of(points.fake) }
  if (view === undefined) return inputs
  const [name, ...more] = Object.keys(inputs.fake)
  if (name === undefined || more.length > 0 || view.seen === undefined) return undefined
  return { real: { [name]: view.seen.real }, fake: { [name]: view.seen.fake } }
}

/** Whether an addend with D, and without gradients, contains samples outside of D's inputs. */
const readsBesideD = (critic: Critic, objective: Term): boolean =>
  addends(objective, 1).some(({ term }) => {
    const parts = term === undefined ? [] : subterms(term)
    if (term === undefined || !parts.some(critic.is) || parts.some(({ op }) => op === 'grad')) return false
    return termsDownTo(term, (part) => critic.is(part) || part.op === 'slot').some(
      (part) => part.op === 'sample' || (part.op === 'apply' && !critic.is(part)),
    )
  })

import { checkFunction, checkList, checkOptions, checkSizes } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { type Expr, type Level, toTerm } from '../terms/expression.ts'
import { rewrite } from '../terms/rewrite.ts'
import type { Term } from '../terms/term.ts'
import { identifier, subterms, type TermId } from '../terms/termParts.ts'
import type { Uses } from './symbols.ts'

/** Of what a view is taken: the shape of one sample, and the name that its draws begin with. */
export interface ViewContext {
  readonly shape: Shape
  readonly draw: string
}

/** A sample of the data, one that G makes, or what is made of them. */
export type Sample = Expr<'sample', Shape, Uses>

/**
 * What a network sees in a sample's place: an expression of the same shape, whose draws are named after `sight.draw`. It is
 * a function, so it is no part of a spec: what it makes is.
 */
export type View = <U extends string>(
  sample: Expr<'sample', Shape, U>,
  context: ViewContext,
) => Expr<'sample', Shape, U>

/**
 * A view of any sample, whatever it is made of.
 *
 * @example view((sample) => mul(2, sample))
 */
export const view = (make: (sample: Sample, context: ViewContext) => Sample): View => {
  checkFunction('view', 'make', make, 'Write view((sample) => mul(2, sample)).')
  return (sample, context) => {
    checkOptions<ViewContext>('view', context, { shape: 'required', draw: 'required' }, 'a view as v(x, {})')
    checkSizes('view', context.shape, "a view as v(x, { shape: [], draw: 'x' })")
    return { term: toTerm(make({ term: toTerm(sample, 'view') }, context), 'view', 'what it makes') }
  }
}

/** Which input of which network, and the shape of one sample there. */
export interface NetworkInput {
  readonly network: string
  /** `x` where absent. */
  readonly input?: string
  readonly shape: Shape
}

/** Throws an `ArgumentError` unless it is an eye; `call` is the call with `{}` in its place. */
export const checkNetworkInput = (called: string, at: unknown, call: string): void => {
  const fields = { network: 'required', input: 'optional', shape: 'required' } as const
  checkOptions<NetworkInput>(called, at, fields, call)
  checkSizes(called, Object(at).shape, call.replace('{}', "{ network: 'D', shape: [] }"))
}

type Application = Extract<Term, { readonly op: 'apply' }>

/** What stands at an eye in a term, each once, in the order in which it is written. */
const inputsAt = (term: Term, { network, input = 'x' }: NetworkInput): readonly Term[] =>
  subterms(term).flatMap((each) => {
    const seen = each.op === 'apply' && each.network === network ? each.inputs[input] : undefined
    return seen === undefined ? [] : [seen]
  })

const kindOf = (term: Term): string => {
  if (term.op === 'sample') return term.draw ?? term.source
  return term.op === 'apply' ? term.network : 'point'
}

/** A name for the draws of each sample that is seen: of one kind, the first has the kind's. */
const drawNames = (term: Term, at: NetworkInput, identify: (term: Term) => TermId): ReadonlyMap<TermId, string> => {
  const kinds = new Map(inputsAt(term, at).map((seen) => [identify(seen), kindOf(seen)]))
  const counts = new Map<string, number>()
  return new Map(
    [...kinds].map(([id, kind]) => {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      return [id, count === 1 ? kind : `${kind}-${count}`]
    }),
  )
}

/** A term in which a network sees something else in each sample's place. */
export const seenTerm = (term: Term, at: NetworkInput, instead: (seen: Term, name: string) => Term): Term => {
  const { network, input = 'x' } = at
  const identify = identifier()
  const names = drawNames(term, at, identify)
  const made = new Map<TermId, Term>()
  const shown = (seen: Term): Term => {
    const id = identify(seen)
    const other = made.get(id) ?? instead(seen, names.get(id) ?? `point-${made.size}`)
    made.set(id, other)
    return other
  }
  const apply = (each: Application): Term => {
    const seen = each.inputs[input]
    return seen === undefined ? each : { ...each, inputs: { ...each.inputs, [input]: shown(seen) } }
  }
  return rewrite(term, (each) => (each.op === 'apply' && each.network === network ? apply(each) : each))
}

const checkViews = (called: string, views: unknown): void => {
  const hint = 'Write [views.instanceNoise({ std: 0.1 })].'
  checkList(called, 'views', views, hint)
  if (Array.isArray(views)) for (const [i, each] of views.entries()) checkFunction(called, `views[${i}]`, each, hint)
}

/** Views one after the other; draws of the second and later ones have names of their own. */
export const viewed = <U extends string>(
  views: readonly View[],
  sample: Expr<'sample', Shape, U>,
  { shape, draw }: ViewContext,
  called = 'gan',
): Expr<'sample', Shape, U> => {
  checkViews(called, views)
  return views.reduce((seen, each, i) => {
    const made = each(seen, { shape, draw: i === 0 ? draw : `${draw}-view${i + 1}` })
    return { term: toTerm(made, called, `views[${i}]`) }
  }, sample)
}

/**
 * An expression in which a network sees samples through views, one after the other: every D(u) is D(view(u)), with draws of
 * its own for each u. Gradients by u are through the view.
 *
 * @example through(E(softplus(D(fake))), { network: 'D', shape: [2] }, views.instanceNoise({ std: 0.1 }))
 */
export const through = <L extends Level, S extends Shape, U extends string>(
  of: Expr<L, S, U>,
  at: NetworkInput,
  ...views: readonly View[]
): Expr<L, S, U> => {
  checkNetworkInput('through', at, 'through(E(D(x)), {}, view)')
  checkViews('through', views)
  const seenBy = (seen: Term, draw: string): Term =>
    viewed(views, { term: seen }, { shape: at.shape, draw }, 'through').term
  return { term: seenTerm(toTerm(of, 'through'), at, seenBy) }
}

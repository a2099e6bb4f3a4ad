import { ArgumentError, checkList, checkRecord, checkText, isTagged, refuse } from '../codecs/argument.ts'
import { isObject } from '../codecs/failures.ts'
import { errorsAt } from '../codecs/specErrors.ts'
import type { NetworkGraph } from '../dsl/layers/networkGraph.ts'
import type { Layer } from '../dsl/layers/table.ts'
import { inputsOf, toGraph } from '../dsl/networks/graph.ts'
import type { Net } from '../dsl/networks/net.ts'
import type { Source } from '../dsl/sources/source.ts'
import { fieldsOf, sourceKind } from '../dsl/sources/table.ts'
import { type Draw, drawFields } from '../dsl/terms/draw.ts'
import {
  type Expr,
  type Level,
  type LevelOf,
  type NoNumber,
  type ShapeOf,
  toTerm,
  type UsesOf,
  type Widest,
} from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { IsUnion } from '../dsl/types/isUnion.ts'
import type { Agree, Shapes, Show } from '../dsl/types/shape.ts'
import type { Shape } from '../ir/program.ts'

/**
 * Handles name networks and sources. In a formula you call them like functions to build expressions. A game stores only the data
 * behind them.
 */

/** The expression of the one output, or a record of expressions by output. */
type Outputs<O, L extends Level, U extends string> = O extends Shape
  ? Expr<L, O, U>
  : { readonly [K in keyof O]: O[K] extends Shape ? Expr<L, O[K], U> : never }

type Takes<N extends string, In, L extends Level, S extends Shape, U extends string> = In extends Shape
  ? Agree<S, In> extends true
    ? Expr<L, S, U>
    : `${N} takes ${Show<In>}, but this is ${Show<S>}`
  : never
type TakesAll<N extends string, I, A> = {
  readonly [K in keyof A]: K extends keyof I
    ? Takes<N, I[K], LevelOf<A[K]>, ShapeOf<A[K]>, UsesOf<A[K]>>
    : `${N} has no input ${K & string}`
}

type OfNothing<N extends string, O> = (name?: string) => Outputs<O, 'batch', `network ${N}`>
type OfOne<N extends string, In, O> = <L extends Level, S extends Shape, U extends string = NoNumber>(
  x: Takes<N, In, L, S, U>,
  name?: string,
) => Outputs<O, L, U | `network ${N}`>
type OfSeveral<N extends string, I, O> = <A extends { readonly [K in keyof I]: Expr }>(
  inputs: A & TakesAll<N, I, A>,
  name?: string,
) => Outputs<O, Widest<LevelOf<A[keyof A]> | 'sample'>, UsesOf<A[keyof A]> | `network ${N}`>
type Apply<N extends string, I, O> = [keyof I] extends [never]
  ? OfNothing<N, O>
  : IsUnion<keyof I> extends true
    ? OfSeveral<N, I, O>
    : OfOne<N, I[keyof I], O>

export interface Named<out N extends string = string> {
  readonly named: N
  readonly net: NetworkGraph
}
/**
 * A named network. Call it with one expression, or with several by input name; a network without inputs is called without
 * arguments, and does not vary by sample. An application with its own name has its own dropout masks.
 */
export type Network<N extends string, I extends Shapes, O extends Shape | Shapes> = Apply<N, I, O> & Named<N>

const applied = (
  network: string,
  net: NetworkGraph,
  inputs: { readonly [input: string]: Term },
  name: string | undefined,
): Expr | { readonly [output: string]: Expr } => {
  const one = (output: { readonly output?: string }): Expr => ({
    term: { op: 'apply', network, inputs, ...output, ...(name !== undefined && { name }) },
  })
  return typeof net.output === 'number'
    ? one({})
    : Object.fromEntries(Object.keys(net.output).map((output) => [output, one({ output })]))
}

type Inputs = { readonly [input: string]: Expr }
/** Whether the argument is a record of inputs; anything else is one input. */
const isByName = (inputs: Expr | Inputs): inputs is Inputs =>
  isObject(inputs) && !('term' in inputs && 'op' in Object(inputs.term))

const applicationHint = (network: string, inputs: readonly string[]): string => {
  const several = `${network}({ ${inputs.map((input) => `${input}: ...`).join(', ')} })`
  const call = [`${network}()`, `${network}(x)`][inputs.length] ?? several
  return `Write ${call}. The last argument may be a name for this application.`
}

/**
 * Names a network. The result is a function that applies it to expressions with the shapes of its inputs.
 *
 * @example const D = network('D', pipe(input([2]), dense(128), relu, dense(1)))
 */
export const network = <N extends string, I extends Shapes, O extends Shape | Shapes>(
  name: N,
  net: Net<I, O>,
): Network<N, I, O> => {
  checkText('network', 'name', name, "Write network('D', pipe(input([2]), dense(64), relu, dense(1))).")
  const graph = toGraph<Layer>(net, 'network')
  const names = Object.keys(inputsOf(graph))
  const termsOf = (inputs: Expr | Inputs): { readonly [input: string]: Term } =>
    isByName(inputs)
      ? Object.fromEntries(Object.entries(inputs).map(([input, value]) => [input, toTerm(value, name, input)]))
      : { [names[0] ?? 'x']: toTerm(inputs, name) }
  const appliedTo = (inputs: { readonly [input: string]: Term }, application: string | undefined) => {
    if (application !== undefined) checkText(name, 'name', application, applicationHint(name, names))
    return applied(name, graph, inputs, application)
  }
  const apply =
    names.length === 0
      ? (application?: string) => appliedTo({}, application)
      : (inputs: Expr | Inputs, application?: string) => appliedTo(termsOf(inputs), application)
  const named: Named<N> = { named: name, net: graph }
  // TypeScript can't resolve a conditional type on a type parameter.
  return Object.assign(apply, named) as unknown as Network<N, I, O>
}

type Nets = { readonly [name: string]: Net }
type NetworksOf<R extends Nets> = {
  readonly [K in keyof R & string]: R[K] extends Net<infer I, infer O> ? Network<K, I, O> : never
}

type ListOf<N extends string, R extends readonly Net[]> = {
  readonly [K in keyof R]: R[K] extends Net<infer I, infer O>
    ? Network<`${N}${number extends R['length'] ? number : K & string}`, I, O>
    : never
}
interface Networks {
  /** Names each network by its key. */
  <const R extends Nets>(nets: R): NetworksOf<R>
  /** A list of networks, such as an ensemble of critics: named D0, D1, ... where `name` is 'D'. */
  <N extends string, const R extends readonly Net[]>(name: N, nets: R): ListOf<N, R>
}

/**
 * Names several networks at once: by their keys, `const { G, D } = networks({ G: pipe(...), D: pipe(...) })`, or as a list,
 * `const critics = networks('D', [64, 128].map((n) => pipe(input([2]), dense(n), relu, dense(1))))`, which are D0 and D1.
 *
 * @example const all = networks({ D: pipe(input([2]), dense(1)), G: pipe(input([16]), dense(2)) })
 */
export const networks = ((first: string | Nets, list: readonly Net[]) => {
  const hint = "Write networks({ G: pipe(...), D: pipe(...) }), or networks('D', [pipe(...), pipe(...)])."
  if (typeof first === 'string') {
    checkList('networks', 'nets', list, hint)
    return list.map((net, i) => network(`${first}${i}`, toGraph(net, 'networks', `nets[${i}]`)))
  }
  checkRecord('networks', '', first, hint)
  // The type of Object.fromEntries does not relate keys to values.
  return Object.fromEntries(
    Object.entries(first).map(([name, net]) => [name, network(name, toGraph(net, 'networks', name))]),
  )
}) as Networks

/** A named source. */
export interface NamedSource<out N extends string = string, out F extends Shapes = Shapes> {
  readonly named: N
  readonly source: Source<F>
}

const sourceHint = "Write source('data', ring({ modes: 8, radius: 2, std: 0.02 }))."

/**
 * Names a source, for `sample`.
 *
 * @example const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
 */
export const source = <N extends string, F extends Shapes>(name: N, data: Source<F>): NamedSource<N, F> => {
  checkText('source', 'name', name, sourceHint)
  if (!isTagged(data)) refuse('source', 'data', data, 'a source', sourceHint)
  // Only a valid source has known fields.
  const [wrong] = errorsAt(sourceKind.codec, [], data)
  if (wrong !== undefined) throw new ArgumentError('source', [name, ...wrong.path].join('.'), wrong)
  return { named: name, source: data }
}

type Sample<N extends string, F extends Shapes> =
  IsUnion<keyof F> extends true
    ? { readonly [K in keyof F]: Expr<'sample', F[K], `source ${N}`> }
    : Expr<'sample', F[keyof F], `source ${N}`>

/**
 * A sample of a source: its one field, or a record of its fields. Within an update, all uses are the same draw; give another `draw`
 * for an independent one. Each update of a player draws new samples, unless the draw is shared.
 *
 * @example const fake = G(sample(latent))
 */
export const sample = <N extends string, F extends Shapes>(from: NamedSource<N, F>, draw?: Draw): Sample<N, F> => {
  if (typeof Object(from).named !== 'string' || !isTagged(Object(from).source))
    refuse(
      'sample',
      '',
      from,
      'a source with a name',
      `Write const data = ${sourceHint.slice(6, -1)} and sample(data).`,
    )
  const options = draw === undefined ? {} : drawFields('sample', draw)
  const field = (name: string): Expr => ({ term: { op: 'sample', source: from.named, field: name, ...options } })
  const names = Object.keys(fieldsOf(from.source))
  const only = names.length === 1 ? names[0] : undefined
  const fields = only === undefined ? Object.fromEntries(names.map((name) => [name, field(name)])) : field(only)
  // TypeScript can't resolve a conditional type on a type parameter.
  return fields as Sample<N, F>
}

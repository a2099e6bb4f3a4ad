import type { NetworkGraph } from '../dsl/layers/networkGraph.ts'
import type { Layer } from '../dsl/layers/table.ts'
import { inputsOf, renameInputs, toGraph } from '../dsl/networks/graph.ts'
import type { Net } from '../dsl/networks/net.ts'
import { packedTerm } from '../dsl/objectives/packing.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import type { GanShapes, Loss, Penalty, ShapedPenalty } from '../dsl/objectives/symbols.ts'
import { seenTerm, type View, viewed } from '../dsl/objectives/view.ts'
import type { Source } from '../dsl/sources/source.ts'
import type { SourceData } from '../dsl/sources/table.ts'
import { add, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import type { Mul } from '../dsl/types/arith.ts'
import type { IsUnion } from '../dsl/types/isUnion.ts'
import type { Agree, Shapes, Show } from '../dsl/types/shape.ts'
import { alternating } from '../dynamics/alternating.ts'
import type { Dynamics } from '../dynamics/dynamics.ts'
import type { Shape } from '../ir/program.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { Average } from './average.ts'
import { checkGan } from './checkGan.ts'
import type { Complete } from './complete.ts'
import type { Play } from './game.ts'
import type { GameSpec } from './spec.ts'

type OneEach<I, O, Then> = string extends keyof I
  ? Then
  : [keyof I] extends [never]
    ? 'gan takes networks of one input, but this has none: write a game(...)'
    : IsUnion<keyof I> extends true
      ? 'gan takes networks of one input, but this has several: write a game(...)'
      : O extends Shape
        ? Then
        : 'gan takes networks of one output, but this has several: write a game(...)'
type In<I extends Shapes> = I[keyof I]
/** The shape of one output. */
type Out<O> = Extract<O, Shape>

type Packed<S extends Shape, P extends number> = P extends 1
  ? S
  : S extends readonly [...infer H extends Shape, infer C extends number]
    ? [...H, Mul<C, P>]
    : number[]
type TakesMade<GO extends Shape, DI extends Shapes, DO extends Shape | Shapes, P extends number> = OneEach<
  DI,
  DO,
  Agree<Packed<GO, P>, In<DI>> extends true
    ? Net<DI, DO>
    : `the generator makes ${Show<GO>}${P extends 1 ? '' : `, which is ${Show<Packed<GO, P>>} packed by ${P}`}, but the discriminator takes ${Show<In<DI>>}`
>
type FitsGenerator<GI extends Shapes, F extends Shapes> = F extends { readonly x: infer S extends Shape }
  ? Agree<S, In<GI>> extends true
    ? Source<F>
    : `the latent is ${Show<S>}, but the generator takes ${Show<In<GI>>}`
  : Source<F>
type LikeMade<GO extends Shape, F extends Shapes> = F extends { readonly x: infer S extends Shape }
  ? Agree<S, GO> extends true
    ? Source<F>
    : `the data are ${Show<S>}, but the generator makes ${Show<GO>}`
  : Source<F>

/** What a player pays beside its loss: it is added to what it minimises, subtracted from what it maximises. */
type Charges = readonly (Penalty | ShapedPenalty)[]

interface Options extends Play {
  readonly loss: Loss
  /** Paid by the discriminator where no player is named. */
  readonly penalties?: Charges | { readonly discriminator?: Charges; readonly generator?: Charges }
  /** What D sees in place of real and generated samples, one after the other: noise, augmentations. */
  readonly sees?: readonly View[]
  readonly optimizers: { readonly discriminator: Optimizer; readonly generator: Optimizer }
  /** Weights that are averaged over the steps; samples are made with the averages. */
  readonly averages?: { readonly discriminator?: Average; readonly generator?: Average }
  /** The discriminator once and then the generator once, where absent. */
  readonly dynamics?: Dynamics<'discriminator' | 'generator'>
}
/** What `gan` is given, without its types of shapes. */
export interface GanParts extends Options {
  readonly generator: NetworkGraph
  readonly discriminator: NetworkGraph
  readonly latent: SourceData
  readonly data: SourceData
  readonly packing?: number
}

interface Guide {
  readonly needs: {
    readonly generator: 'generator: pipe(input([16]), dense(64), relu, dense(2))'
    readonly discriminator: 'discriminator: pipe(input([2]), dense(64), relu, dense(1))'
    readonly latent: 'latent: normal([16]), of the size that the generator takes'
    readonly data: 'data: npy({ path, shape }), or another source of what the generator makes'
    readonly loss: 'loss: losses.nonSaturating, or another loss'
    readonly optimizers: 'optimizers: { generator: adam({ lr: 1e-4 }), discriminator: adam({ lr: 1e-4 }) }'
    readonly batch: 'batch: 64, the samples of a draw'
    readonly steps: 'steps: 10000'
    readonly seed: 'seed: 1, any whole number'
  }
  readonly fields: 'generator, discriminator, latent, data, loss, optimizers, batch, steps, seed, penalties, sees, packing, averages, dynamics'
}
type NoLoss = 'a loss: write losses.hinge, without quotes, or losses.leastSquares(), with its options'
type NoList = 'a list of penalties: write penalties: [penalties.r1({ weight: 10 })]'

const isList = (penalties: NonNullable<Options['penalties']>): penalties is Charges => Array.isArray(penalties)

const charged = (player: PlayerSpec, charges: Charges, shapes: GanShapes): PlayerSpec => {
  const charge = player.goal === 'minimise' ? add : sub
  const penalties = charges.map((penalty) => (typeof penalty === 'function' ? penalty(shapes) : penalty))
  const objective = penalties.reduce<Expr>((sum, penalty) => charge(sum, penalty), { term: player.objective })
  return { ...player, objective: objective.term }
}

const inputShape = (graph: NetworkGraph): Shape => Object.values(inputsOf(graph))[0] ?? []

const unpacked = (shape: Shape, samples: number): Shape =>
  shape.map((size, axis) => (axis === shape.length - 1 ? size / samples : size))

/** A player in whose objective D sees what it is to see. */
const seeing = (player: PlayerSpec, { sees = [], packing = 1 }: GanParts, shape: Shape): PlayerSpec => {
  const eye = { network: 'D', shape }
  const objective =
    sees.length === 0
      ? player.objective
      : seenTerm(player.objective, eye, (seen, draw) => viewed(sees, { term: seen }, { shape, draw }).term)
  return { ...player, objective: packing === 1 ? objective : packedTerm(objective, eye, packing) }
}

/** A name that is no player's stays, for the check of the spec to report. */
const networkOf = (player: string): string => ({ discriminator: 'D', generator: 'G' })[player] ?? player

const elaborate = (parts: GanParts): GameSpec => {
  checkGan(parts)
  const { loss, penalties = [], packing = 1 } = parts
  const [generator, discriminator] = [
    toGraph<Layer>(parts.generator, 'gan'),
    toGraph<Layer>(parts.discriminator, 'gan'),
  ]
  const paid = isList(penalties) ? { discriminator: penalties } : penalties
  const shapes = { sample: unpacked(inputShape(discriminator), packing), latent: inputShape(generator) }
  const averages = Object.entries(parts.averages ?? {}).map(
    ([player, average]) => [networkOf(player), average] as const,
  )
  const player = (spec: PlayerSpec, charges: Charges = []): PlayerSpec =>
    seeing(charged(spec, charges, shapes), parts, shapes.sample)
  return {
    networks: { D: renameInputs(discriminator, 'x'), G: renameInputs(generator, 'x') },
    sources: { data: parts.data, latent: parts.latent },
    players: {
      discriminator: player(loss.discriminator, paid.discriminator),
      generator: player(loss.generator, paid.generator),
    },
    dynamics: parts.dynamics ?? alternating({ discriminator: 1, generator: 1 }),
    optimizers: parts.optimizers,
    ...(averages.length > 0 && { averages: Object.fromEntries(averages) }),
    batch: parts.batch,
    steps: parts.steps,
    seed: parts.seed,
  }
}

/**
 * A generator against a discriminator: the game of networks D and G, sources data and latent, and players discriminator and
 * generator. Each network has one input, which is called x in the game.
 */
export const gan = <
  K extends PropertyKey,
  GI extends Shapes,
  GO extends Shape | Shapes,
  DI extends Shapes,
  DO extends Shape | Shapes,
  LF extends Shapes,
  XF extends Shapes,
  P extends number = 1,
>(
  spec: {
    readonly generator?: OneEach<GI, GO, Net<GI, GO>>
    readonly discriminator?: TakesMade<Out<GO>, DI, DO, P>
    readonly latent?: FitsGenerator<GI, LF>
    readonly data?: LikeMade<Out<GO>, XF>
    /**
     * So many independent samples, joined along the last axis, are what D judges: it takes so many times the generator's
     * last size. Lin et al. 2018.
     */
    readonly packing?: P
    readonly loss?: Loss | NoLoss
    readonly penalties?: Options['penalties'] | NoList
  } & Partial<Omit<Options, 'loss' | 'penalties'>> &
    Complete<'gan', K, keyof GanParts, Guide>,
): GameSpec =>
  // As far as TypeScript can tell, the four may be the messages that stand there where nothing fits.
  elaborate(spec as unknown as GanParts)

import type { NetworkGraph } from '../dsl/layers/networkGraph.ts'
import type { Layer } from '../dsl/layers/table.ts'
import { inputsOf, renameInputs, toGraph } from '../dsl/networks/graph.ts'
import type { Net } from '../dsl/networks/net.ts'
import { type Piece, pieceOf, writtenOf } from '../dsl/objectives/piece.ts'
import type { Loss } from '../dsl/objectives/symbols.ts'
import type { Source } from '../dsl/sources/source.ts'
import type { Mul } from '../dsl/types/arith.ts'
import type { IsUnion } from '../dsl/types/isUnion.ts'
import type { Agree, Shapes, Show } from '../dsl/types/shape.ts'
import { alternating } from '../dynamics/alternating.ts'
import type { Shape } from '../ir/program.ts'
import { checkGan } from './checkGan.ts'
import type { Complete } from './complete.ts'
import type { GanOptions, GanParts } from './ganParts.ts'
import { type Charges, type Formulas, ganPlayers, unpacked } from './ganPlayers.ts'
import type { Provenance } from './provenance.ts'
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

/** A loss that reads D as an autoencoder fits a D whose output has the shape of a sample. */
type FitsD<L, GO extends Shape, DO extends Shape> = L extends { readonly reconstructs: true }
  ? Agree<GO, DO> extends true
    ? L
    : `the loss reads D as an autoencoder of ${Show<GO>}, but D gives ${Show<DO>}: end D in the shape of a sample, or choose another loss`
  : L

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
  readonly fields: 'generator, discriminator, latent, data, loss, optimizers, batch, steps, seed, penalties, views, packing, averages, dynamics'
}
type NoLoss = 'a loss: write losses.hinge, without quotes, or losses.leastSquares(), with its options'
type NoList = 'a list of penalties: write penalties: [penalties.r1({ weight: 10 })]'

const isList = (penalties: NonNullable<GanOptions['penalties']>): penalties is Charges => Array.isArray(penalties)

const inputShape = (graph: NetworkGraph): Shape => Object.values(inputsOf(graph))[0] ?? []

/** The network of a player. An unknown name stays, so that the check of the spec reports it. */
const networkOf = (player: string): string => ({ discriminator: 'D', generator: 'G' })[player] ?? player

const piecesOf = (made: readonly object[]): readonly (Piece | 'own')[] => made.map((each) => pieceOf(each) ?? 'own')

const provenanceOf = ({ loss, penalties, views, packing }: Formulas): Provenance => ({
  loss: writtenOf(loss),
  penalties: { discriminator: piecesOf(penalties.discriminator), generator: piecesOf(penalties.generator) },
  views: piecesOf(views),
  roles: {
    discriminator: { player: 'discriminator', network: 'D' },
    generator: { player: 'generator', network: 'G' },
    data: { source: 'data', field: 'x' },
    latent: { source: 'latent', field: 'x' },
    packing,
  },
})

const elaborate = (parts: GanParts): GameSpec => {
  checkGan(parts)
  const { loss, penalties = [], packing = 1, views = [] } = parts
  const [generator, discriminator] = [
    toGraph<Layer>(parts.generator, 'gan'),
    toGraph<Layer>(parts.discriminator, 'gan'),
  ]
  const paid = isList(penalties) ? { discriminator: penalties } : penalties
  const averages = Object.entries(parts.averages ?? {}).map(
    ([player, average]) => [networkOf(player), average] as const,
  )
  const formulas: Formulas = {
    loss,
    penalties: { discriminator: paid.discriminator ?? [], generator: paid.generator ?? [] },
    views,
    packing,
    shapes: { sample: unpacked(inputShape(discriminator), packing), latent: inputShape(generator) },
  }
  return {
    networks: { D: renameInputs(discriminator, 'x'), G: renameInputs(generator, 'x') },
    sources: { data: parts.data, latent: parts.latent },
    players: ganPlayers(formulas),
    dynamics: parts.dynamics ?? alternating({ discriminator: 1, generator: 1 }),
    optimizers: parts.optimizers,
    ...(averages.length > 0 && { averages: Object.fromEntries(averages) }),
    batch: parts.batch,
    steps: parts.steps,
    seed: parts.seed,
    provenance: provenanceOf(formulas),
  }
}

/**
 * Declares a GAN: a game with networks D and G, sources data and latent, and players discriminator and generator. Each network has
 * one input, which is called x in the game.
 *
 * @example
 * gan({
 *   generator: pipe(input([16]), dense(128), relu, dense(2)),
 *   discriminator: pipe(input([2]), dense(128), relu, dense(1)),
 *   latent: normal([16]),
 *   data: ring({ modes: 8, radius: 2, std: 0.02 }),
 *   loss: losses.nonSaturating,
 *   optimizers: { generator: adam({ lr: 1e-3 }), discriminator: adam({ lr: 1e-3 }) },
 *   batch: 256,
 *   steps: 5000,
 *   seed: 1,
 * })
 */
export const gan = <
  K extends PropertyKey,
  GI extends Shapes,
  GO extends Shape | Shapes,
  DI extends Shapes,
  DO extends Shape | Shapes,
  LF extends Shapes,
  XF extends Shapes,
  L extends Loss = Loss,
  P extends number = 1,
>(
  spec: {
    readonly generator?: OneEach<GI, GO, Net<GI, GO>>
    readonly discriminator?: TakesMade<Out<GO>, DI, DO, P>
    readonly latent?: FitsGenerator<GI, LF>
    readonly data?: LikeMade<Out<GO>, XF>
    /**
     * How many independent samples D scores at once, concatenated along the last axis: D's input has this many times the generator's
     * last size. Lin et al. 2018.
     */
    readonly packing?: P
    readonly loss?: FitsD<L, Out<GO>, Out<DO>> | NoLoss
    readonly penalties?: GanOptions['penalties'] | NoList
  } & Partial<Omit<GanOptions, 'loss' | 'penalties'>> &
    Complete<'gan', K, keyof GanParts, Guide>,
): GameSpec =>
  // TypeScript can't rule out that the four fields have the type of a message.
  elaborate(spec as unknown as GanParts)

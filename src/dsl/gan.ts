import type { Shape } from '../ir/program.ts'
import { alternating, type Dynamics } from './dynamics.ts'
import { add, sub } from './elementwise.ts'
import type { Expr } from './expression.ts'
import type { Play } from './game.ts'
import { renameInputs } from './graph.ts'
import type { IsUnion } from './handle.ts'
import type { Net } from './net.ts'
import type { Optimizer } from './optimizer.ts'
import type { Agree, Shapes, Show } from './shape.ts'
import type { Source } from './sources/source.ts'
import type { SourceData } from './sources/table.ts'
import type { GameSpec, NetworkGraph, PlayerSpec } from './spec.ts'
import type { Loss, Penalty } from './symbols.ts'

type OneInput<I, Then> = [keyof I] extends [never]
  ? 'gan takes networks of one input, but this has none: write a game(...)'
  : IsUnion<keyof I> extends true
    ? 'gan takes networks of one input, but this has several: write a game(...)'
    : Then
type In<I extends Shapes> = I[keyof I]

type TakesMade<GO extends Shape, DI extends Shapes, DO extends Shape> = OneInput<
  DI,
  Agree<GO, In<DI>> extends true
    ? Net<DI, DO>
    : `the generator makes ${Show<GO>}, but the discriminator takes ${Show<In<DI>>}`
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

interface Options extends Play {
  readonly loss: Loss
  readonly penalties?: readonly Penalty[]
  readonly optimizers: { readonly discriminator: Optimizer; readonly generator: Optimizer }
  /** The discriminator once and then the generator once, where absent. */
  readonly dynamics?: Dynamics<'discriminator' | 'generator'>
}
interface Parts extends Options {
  readonly generator: NetworkGraph
  readonly discriminator: NetworkGraph
  readonly latent: SourceData
  readonly data: SourceData
}

const penalised = (player: PlayerSpec, penalties: readonly Penalty[]): PlayerSpec => {
  const charge = player.goal === 'minimise' ? add : sub
  const objective = penalties.reduce<Expr>((sum, penalty) => charge(sum, penalty), { term: player.objective })
  return { ...player, objective: objective.term }
}

const elaborate = (parts: Parts): GameSpec => ({
  networks: { D: renameInputs(parts.discriminator, 'x'), G: renameInputs(parts.generator, 'x') },
  sources: { data: parts.data, latent: parts.latent },
  players: {
    discriminator: penalised(parts.loss.discriminator, parts.penalties ?? []),
    generator: parts.loss.generator,
  },
  dynamics: parts.dynamics ?? alternating({ discriminator: 1, generator: 1 }),
  optimizers: parts.optimizers,
  batch: parts.batch,
  steps: parts.steps,
  seed: parts.seed,
})

/**
 * A generator against a discriminator: the game of networks D and G, sources data and latent, and players discriminator and
 * generator. Each network has one input, which is called x in the game.
 */
export const gan = <
  GI extends Shapes,
  GO extends Shape,
  DI extends Shapes,
  DO extends Shape,
  LF extends Shapes,
  XF extends Shapes,
>(
  spec: {
    readonly generator: OneInput<GI, Net<GI, GO>>
    readonly discriminator: TakesMade<GO, DI, DO>
    readonly latent: FitsGenerator<GI, LF>
    readonly data: LikeMade<GO, XF>
  } & Options,
): GameSpec =>
  // As far as TypeScript can tell, the four may be the messages that stand there where nothing fits.
  elaborate(spec as Parts)

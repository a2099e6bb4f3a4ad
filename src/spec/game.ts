import type { Player } from '../dsl/objectives/player.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import { type Expr, toTerm } from '../dsl/terms/expression.ts'
import type { Dynamics, DynamicsSpec } from '../dynamics/dynamics.ts'
import type { Shape } from '../ir/program.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { Average } from './average.ts'
import { checkGame } from './checkGame.ts'
import type { Complete } from './complete.ts'
import type { Named, NamedSource } from './handle.ts'
import type { GameSpec } from './spec.ts'

/** The batch size, the number of steps and the seed of a game. */
export interface Play {
  /** Samples per draw. */
  readonly batch: number
  readonly steps: number
  /** A whole number. The same seed gives the same run. */
  readonly seed: number
}

/** Handles by key or in a list. */
type Handles<H> = readonly H[] | { readonly [name: string]: H }
/** The names of handles. */
type Names<N> = N extends readonly { readonly named: infer M extends string }[] ? M : keyof N & string

/** Handles in a list, or each under its name as the key; otherwise the message. */
type Keyed<N> = N extends readonly unknown[]
  ? unknown
  : {
      readonly [K in keyof N]: N[K] extends { readonly named: infer M extends string }
        ? [M] extends [K]
          ? N[K]
          : `this is the one named '${M}': write it under that key`
        : never
    }

/** The names in U that a game of networks N and sources S lacks. */
type Lacking<U extends string, N, S> = Exclude<U, NamesOf<N, S>>
/** The names in a game of networks N and sources S. */
type NamesOf<N, S> = `network ${Names<N>}` | `source ${Names<S>}`
type NetworksOf<U extends string> = U extends `network ${infer M}` ? M : never

/** The player P, if it fits a game of networks N and sources S; otherwise the message. */
type Checked<P, N, S> =
  P extends Player<infer W, infer U>
    ? [W] extends [Names<N>]
      ? [Lacking<U, N, S>] extends [never]
        ? [`network ${W}`] extends [U]
          ? P
          : `the objective does not depend on network ${Exclude<W, NetworksOf<U>>}, which this player owns`
        : `the objective uses ${Lacking<U, N, S>}, which this game lacks`
      : `the player owns network ${Exclude<W, Names<N>>}, which this game lacks`
    : never

/** Dynamics that name players M, if all are players P of the game; otherwise the message. */
type Among<M extends string, P extends string> = [M] extends [P]
  ? Dynamics<M>
  : `the dynamics name the player ${Exclude<M, P>}, which this game lacks`

interface Guide {
  readonly needs: {
    readonly networks: 'networks: { G, D }'
    readonly sources: 'sources: { data, latent }'
    readonly players: "players: { discriminator: maximise(V, 'D'), generator: minimise(V, 'G') }"
    readonly dynamics: 'dynamics: simultaneous, or alternating({ discriminator: 1, generator: 1 })'
    readonly optimizers: 'optimizers: { discriminator: adam({ lr: 1e-4 }), generator: adam({ lr: 1e-4 }) }'
    readonly batch: 'batch: 64, the samples of a draw'
    readonly steps: 'steps: 10000'
    readonly seed: 'seed: 1, any whole number'
  }
  readonly fields: 'networks, sources, players, dynamics, optimizers, batch, steps, seed, averages, samples'
}

const byName = <H extends { readonly named: string }>(handles: Handles<H>): { readonly [name: string]: H } =>
  Object.fromEntries(
    Object.entries(handles).map(([key, handle]) => [Array.isArray(handles) ? handle.named : key, handle]),
  )

const present = (averages: {
  readonly [network: string]: Average | undefined
}): { readonly [network: string]: Average } =>
  Object.fromEntries(
    Object.entries(averages).flatMap(([network, average]) => (average === undefined ? [] : [[network, average]])),
  )

interface Parts extends Play {
  readonly networks: Handles<Named>
  readonly sources: Handles<NamedSource>
  readonly players: { readonly [name: string]: PlayerSpec }
  readonly dynamics: DynamicsSpec
  readonly optimizers: { readonly [player: string]: Optimizer }
  readonly averages?: { readonly [network: string]: Average | undefined }
  readonly samples?: Expr
}

const mapped = <A, B>(record: { readonly [name: string]: A }, f: (a: A) => B): { readonly [name: string]: B } =>
  Object.fromEntries(Object.entries(record).map(([name, a]) => [name, f(a)]))

const assembled = (parts: Parts): GameSpec => {
  checkGame(parts)
  return {
    networks: mapped(byName(parts.networks), ({ net }) => net),
    sources: mapped(byName(parts.sources), ({ source }) => source),
    players: parts.players,
    dynamics: parts.dynamics,
    optimizers: parts.optimizers,
    ...(parts.averages !== undefined && { averages: present(parts.averages) }),
    ...(parts.samples !== undefined && { samples: toTerm(parts.samples, 'game', 'samples') }),
    batch: parts.batch,
    steps: parts.steps,
    seed: parts.seed,
  }
}

/**
 * Declares a game of any number of players. Networks and sources are handles, given under their names or in a list. Dynamics and
 * optimizers refer to players by their keys.
 *
 * @example
 * const V = add(E(log(sigmoid(D(x)))), E(log(sigmoid(neg(D(fake))))))
 * game({
 *   networks: { D, G },
 *   sources: { data, latent },
 *   players: { discriminator: maximise(V, 'D'), generator: minimise(V, 'G') },
 *   dynamics: simultaneous,
 *   optimizers: { discriminator: adam({ lr: 1e-3 }), generator: adam({ lr: 1e-3 }) },
 *   batch: 64,
 *   steps: 1000,
 *   seed: 1,
 * })
 */
export const game = <
  K extends PropertyKey,
  const N extends Handles<Named>,
  const S extends Handles<NamedSource>,
  P extends { readonly [name: string]: Player },
  M extends string,
>(
  spec: {
    readonly networks?: N & Keyed<N>
    readonly sources?: S & Keyed<S>
    readonly players?: { readonly [K in keyof P]: Checked<P[K], N, S> }
    readonly dynamics?: Among<M, keyof NoInfer<P> & string>
    readonly optimizers?: { readonly [K in keyof NoInfer<P>]: Optimizer }
    /** Networks whose weights are averaged over the steps. Sampling uses the averages. */
    readonly averages?: { readonly [K in Names<NoInfer<N>>]?: Average }
    /**
     * What to show as a sample of this game, instead of the critic's generated input: a value per sample,
     * such as several images side by side, `ops.concat([x, G(x)], 1)`.
     */
    readonly samples?: Expr<'sample', Shape, NoInfer<NamesOf<N, S>>>
  } & Partial<Play> &
    Complete<'game', K, Exclude<keyof GameSpec, 'provenance'>, Guide>,
): GameSpec =>
  // TypeScript can't rule out that fields have the type of a message.
  assembled(spec as unknown as Parts)

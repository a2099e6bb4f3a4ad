import * as t from '#io-ts'
import { checkOptions, checkRecord } from '../codecs/argument.ts'
import { dictionary, name } from '../codecs/dictionary.ts'
import { count, finite, positive, probability } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { tagged } from '../codecs/tagged.ts'

/** How the players move in one step of a game, as it is stored. */
export type DynamicsSpec =
  | { readonly type: 'simultaneous' }
  | { readonly type: 'alternating'; readonly counts: { readonly [player: string]: number } }
  | { readonly type: 'extragradient' }
  | { readonly type: 'pastExtragradient' }
  | { readonly type: 'consensus'; readonly weight: number }
  | { readonly type: 'symplectic'; readonly weight: number; readonly align: boolean }
  | { readonly type: 'competitive'; readonly rate: number; readonly iterations: number }
  | { readonly type: 'unrolled'; readonly player: string; readonly against: string; readonly steps: number }
  | { readonly type: 'lookahead'; readonly of: DynamicsSpec; readonly period: number; readonly mix: number }

/** What a constructor is given of it. */
type Options<T extends DynamicsSpec['type']> = Omit<DynamicsOf<T>, 'type'>

export type DynamicsOf<T extends DynamicsSpec['type']> = Extract<DynamicsSpec, { readonly type: T }>

export const dynamicsCodec: t.Type<DynamicsSpec, unknown> = t.recursion(
  'dynamics',
  (of: t.Type<DynamicsSpec, unknown>) =>
    tagged<DynamicsSpec, 'type'>('dynamics', 'type', {
      simultaneous: struct({ type: t.literal('simultaneous') }),
      alternating: struct({
        type: t.literal('alternating'),
        counts: dictionary(count, 'an object of counts by player'),
      }),
      extragradient: struct({ type: t.literal('extragradient') }),
      pastExtragradient: struct({ type: t.literal('pastExtragradient') }),
      consensus: struct({ type: t.literal('consensus'), weight: finite }),
      symplectic: struct({ type: t.literal('symplectic'), weight: finite, align: t.boolean }),
      competitive: struct({ type: t.literal('competitive'), rate: positive, iterations: count }),
      unrolled: struct({ type: t.literal('unrolled'), player: name, against: name, steps: count }),
      lookahead: struct({ type: t.literal('lookahead'), of, period: count, mix: probability }),
    }),
)

declare const players: unique symbol
/** How the players move: for the compiler alone the players `P` that it names. */
export type Dynamics<P extends string = string> = DynamicsSpec & { readonly [players]?: P | undefined }

/** All players update at once, each against the others as they were before the step. */
export const simultaneous: Dynamics<never> = { type: 'simultaneous' }

/** In each step the players update one after the other, in the order written, each so many times. */
export const alternating = <P extends string>(counts: { readonly [K in P]: number }): Dynamics<P> => {
  checkRecord('alternating', 'counts', counts, 'Write alternating({ discriminator: 1, generator: 1 }).')
  return { type: 'alternating', counts }
}

/**
 * All players look ahead by one update, on draws of their own, and then move from where they were by the gradients found
 * there (Korpelevich 1976; of games Gidel et al. 2019, section 3). Looking ahead leaves no trace in any memory.
 */
export const extragradient: Dynamics<never> = { type: 'extragradient' }

/**
 * Extragradient that looks ahead by the gradients of the step before, at the price of one gradient a step (Popov 1980; of
 * games Gidel et al. 2019, section 3). At the first step it looks ahead by a gradient of 0.
 */
export const pastExtragradient: Dynamics<never> = { type: 'pastExtragradient' }

/**
 * Consensus optimisation (Mescheder et al. 2017, algorithm 2): all players lower, beside their costs, `weight` times half
 * the squared norm of the gradients of all of them together. With simultaneous play alone, two optimizers may never arrive.
 */
export const consensus = (options: { readonly weight: number }): Dynamics<never> => {
  checkOptions<Options<'consensus'>>('consensus', options, { weight: 'required' })
  return { type: 'consensus', ...options }
}

/**
 * Symplectic gradient adjustment (Balduzzi et al. 2018, algorithm 1): the gradients v of all players become v + weight A'v,
 * A being the antisymmetric part of the game's Jacobian. With `align` the weight's sign is chosen so that stable points
 * attract and unstable ones repel. The weight is 1 unless said otherwise, and signs are aligned.
 */
export const symplectic = (options: { readonly weight?: number; readonly align?: boolean } = {}): Dynamics<never> => {
  checkOptions<Partial<Options<'symplectic'>>>('symplectic', options, { weight: 'optional', align: 'optional' })
  return { type: 'symplectic', weight: options.weight ?? 1, align: options.align ?? true }
}

/**
 * Competitive gradient descent (Schaefer and Anandkumar 2019, algorithm 1), of a zero-sum game of two players: both go to the
 * equilibrium of the game's bilinear approximation, which `iterations` of conjugate gradients find (10 unless said
 * otherwise). Optimizers are given the moves that it makes, over `rate`: with sgd of that rate it is the paper's.
 */
export const competitive = (options: { readonly rate: number; readonly iterations?: number }): Dynamics<never> => {
  const fields = { rate: 'required', iterations: 'optional' } as const
  checkOptions<{ readonly rate: number; readonly iterations?: number }>('competitive', options, fields)
  return { type: 'competitive', rate: options.rate, iterations: options.iterations ?? 10 }
}

/**
 * Unrolled play (Metz et al. 2017, section 2): `player` judges its move against what `against` would become by
 * `steps` more updates on the same draws, and its gradient is taken through those. All others play simultaneously.
 */
export const unrolled = <P extends string, Q extends string>(options: {
  readonly player: P
  readonly against: Q
  readonly steps: number
}): Dynamics<P | Q> => {
  checkOptions<Options<'unrolled'>>('unrolled', options, { player: 'required', against: 'required', steps: 'required' })
  return { type: 'unrolled', ...options }
}

/**
 * Lookahead (Zhang et al. 2019; for games Chavdarova et al. 2021, algorithm 1): after each `period` steps of other dynamics
 * all parameters go back to a part `mix` of their way since the last time, 0.5 unless said otherwise.
 */
export const lookahead = <P extends string>(
  options: { readonly period: number; readonly mix?: number },
  of: Dynamics<P>,
): Dynamics<P> => {
  const fields = { period: 'required', mix: 'optional' } as const
  checkOptions<{ readonly period: number; readonly mix?: number }>(
    'lookahead',
    options,
    fields,
    'lookahead({}, simultaneous)',
  )
  return { type: 'lookahead', of, period: options.period, mix: options.mix ?? 0.5 }
}

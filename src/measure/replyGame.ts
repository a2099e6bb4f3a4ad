import * as E from '#fp-ts/Either'
import { type Compiled, compile } from '../compile/compile.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import { linear } from '../dsl/terms/schedules.ts'
import { updates } from '../dsl/terms/variables.ts'
import { simultaneous } from '../dynamics/simultaneous.ts'
import { adam } from '../optimizers/adam.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { Training } from './trainFor.ts'

/** How a player's best reply is trained, and on how many draws it is measured. */
export interface ReplyOptions extends Training {
  /** Steps of Adam, at least 1. One costs about as much as the player's update in the game. */
  readonly steps: number
  /** Adam's learning rate at first. It falls linearly to 0, so that the last steps add no noise. */
  readonly rate: number
  /** Samples per draw. */
  readonly batch: number
  /** Batches of fresh draws on which values are measured. */
  readonly batches: number
  readonly seed: number
}

/** The game in which one player trains alone. Networks that it does not own are frozen, in their sampling mode. */
export const replyGame = (
  { networks, sources }: GameSpec,
  name: string,
  player: PlayerSpec,
  { steps, rate, batch, seed }: ReplyOptions,
): Compiled => {
  const compiled = compile({
    networks,
    sources,
    players: { [name]: player },
    dynamics: simultaneous,
    optimizers: { [name]: adam({ lr: linear({ from: rate, over: steps, of: updates }) }) },
    batch,
    steps,
    seed,
  })
  if (E.isLeft(compiled)) throw new Error(`broken invariant: a best reply's game: ${JSON.stringify(compiled.left)}`)
  return compiled.right
}

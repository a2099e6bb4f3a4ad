import * as losses from '../losses/losses.ts'
import type { KnownLosses } from './recognise.ts'

/** The losses that are looked for in a game. */
export const knownLosses: KnownLosses = losses

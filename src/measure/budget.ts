import type { Compiled } from '../compile/compile.ts'
import type { Roles } from '../compile/roles.ts'
import { present } from '../ir/present.ts'
import { size } from '../ir/program.ts'
import type { Setting } from './setting.ts'

/** What a summary may cost: never a time, so that what it finds does not depend on how busy the machine is. */
export interface Budget {
  /** Real samples and generated ones by which D is measured. */
  readonly samples: number
  /** Steps of the best reply's training; 0 for none. */
  readonly steps: number
}

/** Numbers per sample above which a step is taken to be slow: those of images, and not of points. */
const few = 64

/** Thousands of steps of points take a few seconds, and so do hundreds of 28 x 28 pixels. */
export const budgetOf = (
  { fields, game }: Compiled,
  { real }: Roles,
  setting: Setting,
  { samples, steps }: Partial<Budget>,
) => {
  const slow = size(present(fields[real.source]?.[real.field], 'the shape of the data')) > few
  // Statistics of a batch are those of the game's own.
  const batch = setting.batch ?? Math.max(game.batch, slow ? 1 : 1024)
  return {
    samples: Math.max(samples ?? (slow ? 2_048 : 10_000), game.batch),
    steps: steps ?? (slow ? 300 : 2_500),
    rate: slow ? 1e-3 : 5e-3,
    batch,
    batches: Math.ceil((slow ? 4_096 : 65_536) / batch),
  }
}

import type { Compiled } from '../compile/compile.ts'
import type { Roles } from '../compile/roles.ts'
import { size } from '../ir/program.ts'

/** What a summary may cost, at most. */
export interface Budget {
  /** Real samples and generated ones that are measured. */
  readonly samples: number
  /** Steps of the best reply's training, and seconds that it may take. */
  readonly steps: number
  readonly seconds: number
}

/** Numbers per sample above which a step is taken to be slow: those of images, and not of points. */
const few = 64

/** Thousands of steps of points take a few seconds; as many of images, minutes. */
export const budgetOf = ({ fields }: Compiled, { real }: Roles, chosen: Partial<Budget>) => {
  const slow = size(fields[real.source]?.[real.field] ?? []) > few
  const { samples = slow ? 2_048 : 10_000, steps = slow ? 500 : 2_500, seconds = 20 } = chosen
  return {
    samples,
    steps,
    seconds,
    rate: slow ? 1e-3 : 5e-3,
    leastBatch: slow ? 1 : 1024,
    measured: slow ? 4_096 : 65_536,
  }
}

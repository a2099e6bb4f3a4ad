/** What each player minimised, step after step. */
export type Costs = { readonly [player: string]: Float32Array }

/** How many steps there are before the first with a cost that is not finite. */
export const goodSteps = (costs: Costs, count: number): number =>
  Object.values(costs)
    .map((values) => values.findIndex((value) => !Number.isFinite(value)))
    .reduce((least, found) => (found < 0 ? least : Math.min(least, found)), count)

/** The steps at which something is done: step `offset`, and every `every`th step after it. */
export interface Periodic {
  readonly every: number
  readonly offset: number
}

export const isDue = ({ every, offset }: Periodic, step: number): boolean =>
  step >= offset && (step - offset) % every === 0

/** A key that is equal for equal steps. */
export const periodicKey = ({ every, offset }: Periodic): string => `${every}+${offset}`

/** What is done at some steps alone: at `offset`, and at each `every`th step from there on. */
export interface Periodic {
  readonly every: number
  readonly offset: number
}

export const isDue = ({ every, offset }: Periodic, step: number): boolean =>
  step >= offset && (step - offset) % every === 0

/** Equal for what is done at the same steps. */
export const periodicKey = ({ every, offset }: Periodic): string => `${every}+${offset}`

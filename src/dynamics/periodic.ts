/** What is done at some steps alone: at `offset`, and at each `every`th step from there on. */
export interface Rare {
  readonly every: number
  readonly offset: number
}

export const isDue = ({ every, offset }: Rare, step: number): boolean => step >= offset && (step - offset) % every === 0

/** Equal for what is done at the same steps. */
export const rareKey = ({ every, offset }: Rare): string => `${every}+${offset}`

/** The probabilities of finitely many points. */
export type Distribution = readonly number[]

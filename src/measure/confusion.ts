import type { Threshold } from '../theory/equilibrium.ts'

/** A critic read as a classifier: how many real and generated samples it takes for real, and for generated. */
export interface Confusion {
  readonly threshold: Threshold
  readonly realAsReal: number
  readonly realAsGenerated: number
  readonly generatedAsReal: number
  readonly generatedAsGenerated: number
  /** The share that is right of all samples, real and generated weighing alike; 1/2 for a coin toss, as at equilibrium. */
  readonly accuracy: number
}

/** From the critic's values on real and on generated samples. One that is at the threshold counts as generated. */
export const confusion = (threshold: Threshold, real: Float32Array, generated: Float32Array): Confusion => {
  const side = threshold.real === 'above' ? 1 : -1
  const takenForReal = (values: Float32Array): number =>
    values.reduce((count, value) => count + (side * (value - threshold.value) > 0 ? 1 : 0), 0)
  const [realAsReal, generatedAsReal] = [takenForReal(real), takenForReal(generated)]
  const generatedAsGenerated = generated.length - generatedAsReal
  return {
    threshold,
    realAsReal,
    realAsGenerated: real.length - realAsReal,
    generatedAsReal,
    generatedAsGenerated,
    accuracy: (realAsReal / real.length + generatedAsGenerated / generated.length) / 2,
  }
}

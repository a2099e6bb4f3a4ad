import type { Workload } from './games.ts'

/** The most that a step's median may be, as a part of PyTorch eager's, by workload and number of threads. */
const targets: { readonly [W in Workload]: { readonly one: number; readonly two: number } } = {
  W1: { one: 0.65, two: 0.65 },
  W2: { one: 0.95, two: 0.9 },
  W3: { one: 0.9, two: 0.9 },
  W4: { one: 0.9, two: 0.9 },
  'W5-512': { one: 1, two: 1 },
  'W5-1024': { one: 1, two: 1 },
  W6: { one: 0.9, two: 0.9 },
}

export const targetOf = (workload: Workload, threads: number): number =>
  targets[workload][threads === 1 ? 'one' : 'two']

/** Seconds from a cold start to the end of the first step. */
export const firstStepTargets: { readonly [W in Workload]?: number } = { W1: 0.5, W2: 1 }

/** Our peak memory, as a part of PyTorch eager's. */
export const memoryTarget = 0.25

import type * as t from '#io-ts'
import { oneHot } from './labels.ts'
import type { SourceDefinition } from './source.ts'

type Point = readonly [number, number]

/**
 * Points on several equally likely curves of the plane, each moved by normal noise. `curve` is given the curve's number
 * and how far along it to go, uniform on [0, 1). A sample's label is its curve.
 */
export const curves = <S extends { readonly noise: number; readonly labels?: true }>(
  codec: t.Type<S, unknown>,
  arms: (source: S) => number,
  curve: (source: S, arm: number, u: number) => Point,
): SourceDefinition<S> => ({
  role: 'data',
  codec,
  check: () => [],
  fields: (source) => (source.labels ? { x: [2], label: [arms(source)] } : { x: [2] }),
  supply: {
    type: 'generate',
    generate: (source, count, random) => {
      const [which, along, noise] = [random.uniform(1), random.uniform(1), random.normal(2)]
      const chosen = Array.from(which, (u) => Math.min(Math.floor(u * arms(source)), arms(source) - 1))
      const x = new Float32Array(2 * count)
      for (const [i, arm] of chosen.entries()) {
        const [a, b] = curve(source, arm, along[i] ?? 0)
        x[2 * i] = a + source.noise * (noise[2 * i] ?? 0)
        x[2 * i + 1] = b + source.noise * (noise[2 * i + 1] ?? 0)
      }
      return source.labels ? { x, label: oneHot(arms(source), chosen) } : { x }
    },
  },
})

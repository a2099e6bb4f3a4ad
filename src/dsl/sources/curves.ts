import type * as t from '#io-ts'
import { float32At } from '../../ir/elements.ts'
import { markOneHot } from './labels.ts'
import { createScratch } from './scratch.ts'
import type { Generate, SourceDefinition } from './source.ts'

type Point = readonly [number, number]

const generate = (arms: number, noise: number, curve: (arm: number, u: number) => Point): Generate => {
  const [armScratch, alongScratch] = [createScratch(), createScratch()]
  return (count, random, { x, label }) => {
    const [chosen, along] = [armScratch(count), alongScratch(count)]
    random.uniform(chosen)
    random.uniform(along)
    for (let i = 0; i < count; i++) chosen[i] = Math.min(Math.floor(float32At(chosen, i) * arms), arms - 1)
    if (label !== undefined) markOneHot(label, arms, chosen)
    if (x === undefined) return
    random.normal(x)
    for (let i = 0; i < count; i++) {
      const [a, b] = curve(float32At(chosen, i), float32At(along, i))
      x[2 * i] = a + noise * float32At(x, 2 * i)
      x[2 * i + 1] = b + noise * float32At(x, 2 * i + 1)
    }
  }
}

/**
 * Makes a source of points on several equally likely curves in the plane, plus normal noise. `curve` receives the index of the curve and
 * the position along it, uniform on [0, 1). A sample's label is its curve.
 */
export const curves = <S extends { readonly noise: number; readonly labels?: true }>(
  codec: () => t.Type<S, unknown>,
  arms: (source: S) => number,
  curve: (source: S, arm: number, u: number) => Point,
): SourceDefinition<S> => ({
  role: 'data',
  codec,
  check: () => [],
  fields: (source) => (source.labels ? { x: [2], label: [arms(source)] } : { x: [2] }),
  supply: {
    type: 'generate',
    generate: (source) => generate(arms(source), source.noise, (arm, u) => curve(source, arm, u)),
  },
})

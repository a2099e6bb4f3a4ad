import * as t from '#io-ts'
import { checkSizes } from '../../codecs/argument.ts'
import { shape } from '../../codecs/lists.ts'
import { struct } from '../../codecs/struct.ts'
import { type Shape, size } from '../../ir/program.ts'
import { type Listed, listed, type Mutable } from '../types/shape.ts'
import { logDensity } from './gaussians.ts'
import type { Component, Source, SourceDefinition } from './source.ts'

/** Noise: independent standard normal numbers. */
export interface Normal {
  readonly type: 'normal'
  readonly shape: Shape
}

/**
 * Noise: independent standard normal numbers. `x` has the given shape.
 *
 * @example const latent = source('latent', normal([16]))
 */
export const normal = <const S extends Listed>(shape: S): Source<{ readonly x: Mutable<S> }> => {
  checkSizes('normal', shape)
  return { type: 'normal', shape: listed(shape) }
}

const components = (source: Normal): readonly Component[] => {
  const axes = Array.from({ length: size(source.shape) })
  return [{ mean: axes.map(() => 0), std: axes.map(() => 1), weight: 1 }]
}

export const normalDefinition: SourceDefinition<Normal> = {
  role: 'noise',
  codec: () => struct({ type: t.literal('normal'), shape }),
  check: () => [],
  fields: (source) => ({ x: source.shape }),
  supply: {
    type: 'generate',
    generate:
      () =>
      (_count, random, { x }) => {
        if (x !== undefined) random.normal(x)
      },
  },
  logDensity: (source) => logDensity(components(source)),
  components,
}

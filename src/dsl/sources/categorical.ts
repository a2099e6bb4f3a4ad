import * as t from '#io-ts'
import { checkNumber } from '../../codecs/argument.ts'
import { countable } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { markOneHot } from './labels.ts'
import type { Generate, Source, SourceDefinition } from './source.ts'
import { chooser } from './weights.ts'

/** Noise: one of several classes, all equally likely. */
export interface Categorical {
  readonly type: 'categorical'
  readonly classes: number
}

/**
 * Noise: a uniformly drawn class. `x: [classes]`, one-hot.
 *
 * @example const label = source('label', categorical(10))
 */
export const categorical = <N extends number>(classes: N): Source<{ readonly x: [N] }> => {
  checkNumber('categorical', 'classes', classes, 'Write categorical(10).')
  return { type: 'categorical', classes }
}

const probabilities = ({ classes }: Categorical): readonly number[] =>
  Array.from({ length: classes }, () => 1 / classes)

const generate = (source: Categorical): Generate => {
  const choose = chooser(probabilities(source))
  return (count, random, { x }) => {
    if (x !== undefined) markOneHot(x, source.classes, choose(count, random))
  }
}

export const categoricalDefinition: SourceDefinition<Categorical> = {
  role: 'noise',
  codec: () => struct({ type: t.literal('categorical'), classes: countable }),
  check: () => [],
  fields: ({ classes }) => ({ x: [classes] }),
  oneHot: () => ['x'],
  bounds: () => [0, 1],
  supply: { type: 'generate', generate },
  probabilities,
}

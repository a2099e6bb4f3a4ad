import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { nonEmptyList, numbers } from '../../codecs/lists.ts'
import { probability } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { float32At } from '../../ir/elements.ts'
import { at } from '../../ir/present.ts'
import type { Shape } from '../../ir/program.ts'
import { around } from '../types/bounds.ts'
import { markOneHot } from './labels.ts'
import type { Generate, Source, SourceDefinition } from './source.ts'
import { chooser, normalised } from './weights.ts'

/** A distribution over finitely many outcomes. */
export interface Discrete {
  readonly type: 'discrete'
  /** They sum to 1. */
  readonly probabilities: readonly number[]
  /** One row per outcome. By default outcomes are one-hot. */
  readonly values?: readonly (readonly number[])[]
}

const codec = () =>
  struct(
    {
      type: t.literal('discrete'),
      probabilities: nonEmptyList(probability, 'a list of probabilities, one at least'),
    },
    { values: nonEmptyList(numbers, 'a list of rows, one per probability') },
  )

/**
 * A distribution over finitely many outcomes. `x: [outcomes]`, one-hot; or `x: [length of a row]` if rows are given.
 *
 * @example const digits = source('digits', discrete({ probabilities: [0.5, 0.3, 0.2] }))
 */
export const discrete = <const P extends readonly number[], const V extends readonly Shape[] = never>(options: {
  readonly probabilities: P
  readonly values?: V
}): Source<{ readonly x: [[V] extends [never] ? P['length'] : V[number]['length']] }> => {
  checkOptions<Omit<Discrete, 'type'>>('discrete', options, { probabilities: 'required', values: 'optional' })
  return {
    type: 'discrete',
    probabilities: options.probabilities,
    ...(options.values !== undefined && { values: options.values }),
  }
}

const outcomeSize = ({ probabilities, values }: Discrete): number =>
  values === undefined ? probabilities.length : at(values, 0).length

const check = ({ probabilities, values }: Discrete): readonly Problem[] => {
  const sum = probabilities.reduce((a, b) => a + b, 0)
  const lengths = values?.map((row) => row.length)
  const size = lengths?.[0]
  return [
    ...(Math.abs(sum - 1) > 1e-6
      ? [{ expected: 'probabilities that sum to 1', found: `a sum of ${sum}`, hint: 'Divide each by their sum.' }]
      : []),
    ...(lengths !== undefined && lengths.length !== probabilities.length
      ? [
          {
            expected: `${probabilities.length} values, one per probability`,
            found: `${lengths.length}`,
            hint: 'Give as many values as probabilities.',
          },
        ]
      : []),
    ...(lengths !== undefined && (size === 0 || lengths.some((length) => length !== size))
      ? [
          {
            expected: 'values that are rows of one length, above 0',
            found: `lengths ${[...new Set(lengths)].join(', ')}`,
            hint: 'Give every row the same number of numbers.',
          },
        ]
      : []),
  ]
}

const generate = ({ probabilities, values }: Discrete): Generate => {
  const choose = chooser(normalised(probabilities))
  const rows = values?.map((row) => Float32Array.from(row))
  return (count, random, { x }) => {
    if (x === undefined) return
    const chosen = choose(count, random)
    if (rows === undefined) return markOneHot(x, probabilities.length, chosen)
    for (let i = 0; i < count; i++) {
      const row = at(rows, float32At(chosen, i))
      x.set(row, i * row.length)
    }
  }
}

export const discreteDefinition: SourceDefinition<Discrete> = {
  role: 'data',
  codec,
  check,
  fields: (source) => ({ x: [outcomeSize(source)] }),
  oneHot: ({ values }) => (values === undefined ? ['x'] : []),
  bounds: ({ values }) => (values === undefined ? [0, 1] : around(values.flat())),
  supply: { type: 'generate', generate },
  probabilities: ({ probabilities }) => normalised(probabilities),
}

import type { DataSource, DataSources } from '../data/datasets.ts'
import type { Batch, SourceRandom } from '../dsl/sources/source.ts'
import { at } from '../ir/present.ts'
import { type Program, size } from '../ir/program.ts'
import type { Random } from './random/random.ts'
import { createStreamKeys, type StreamKeys } from './random/streamKeys.ts'
import { shuffledRows } from './shuffledRows.ts'

/** The values of each draw by name, step after step. */
export type Draws = { readonly [name: string]: Float32Array }

/**
 * Makes the draws of a program for `count` steps from step `first`. Any step can be drawn again, alone or with others. `used` may
 * hold the result of an earlier call that is no longer needed: its memory is reused.
 */
export type DrawSource = (program: Program, first: number, count: number, used?: Draws) => Draws

interface Numbers {
  readonly random: Random
  readonly key: StreamKeys
}

/** Makes a draw source. It leaves out given values, which the caller adds. */
export const createDrawSource = (random: Random, seed: number, dataSources: DataSources): DrawSource => {
  const numbers = { random, key: createStreamKeys(seed) }
  return ({ draws }, first, count, used = {}) => {
    const outputs = Object.fromEntries(
      Object.entries(draws).flatMap(([name, { shape, origin }]) =>
        origin.type === 'given' ? [] : [[name, room(count * size(shape), used[name])] as const],
      ),
    )
    for (const fill of [...noises(numbers, draws, outputs), ...samples(numbers, dataSources, draws, outputs)])
      for (let i = 0; i < count; i++) fill(first + i, i, count)
    return outputs
  }
}

/** An array of this length: the start of a used one, if that is long enough. */
const room = (length: number, used?: Float32Array): Float32Array =>
  used !== undefined && used.buffer.byteLength >= 4 * length
    ? new Float32Array(used.buffer, 0, length)
    : new Float32Array(length)

/** Writes a step's draws to part `index` of `count` of the outputs. */
type Fill = (step: number, index: number, count: number) => void

const part = (values: Float32Array, index: number, count: number): Float32Array => {
  const length = values.length / count
  return values.subarray(index * length, (index + 1) * length)
}

const noises = ({ random, key }: Numbers, draws: Program['draws'], outputs: Draws): readonly Fill[] =>
  Object.entries(draws).flatMap(([name, { origin }]): readonly Fill[] => {
    const output = outputs[name]
    if (output === undefined || origin.type === 'given' || origin.type === 'source') return []
    return [(step, i, count) => random[origin.type](key(origin.stream), step, 0, part(output, i, count))]
  })

interface SampleDraw {
  readonly dataSource: DataSource
  readonly stream: string
  readonly batch: number
  /** The outputs by field. All fields of one draw belong to the same samples. */
  readonly outputs: Map<string, Float32Array>
}

const samples = (
  numbers: Numbers,
  dataSources: DataSources,
  draws: Program['draws'],
  outputs: Draws,
): readonly Fill[] => {
  const byStream = new Map<string, SampleDraw>()
  for (const [name, { shape, origin }] of Object.entries(draws)) {
    const output = outputs[name]
    if (output === undefined || origin.type !== 'source') continue
    const dataSource = dataSources[origin.source]
    if (dataSource === undefined) throw new Error(`broken invariant: no data source for ${origin.source}`)
    const { stream } = origin
    const draw = byStream.get(stream) ?? { dataSource, stream, batch: at(shape, 0), outputs: new Map() }
    byStream.set(stream, draw)
    draw.outputs.set(origin.field, output)
  }
  return [...byStream.values()].map((draw) => sampleFill(numbers, draw))
}

const sampleFill =
  (numbers: Numbers, { dataSource, stream, batch, outputs }: SampleDraw): Fill =>
  (step, index, count) => {
    const out: Batch = Object.fromEntries(
      Array.from(outputs, ([field, output]) => [field, part(output, index, count)] as const),
    )
    if (dataSource.type === 'generate') dataSource.generate(batch, sourceRandom(numbers, stream, step), out)
    else shuffledRows(dataSource.rows, (epoch) => numbers.key(`${stream}#epoch${epoch}`), step * batch, batch, out)
  }

/** Each call draws from its own stream, named by the number of the call. */
const sourceRandom = ({ random, key }: Numbers, stream: string, step: number): SourceRandom => {
  let calls = 0
  return {
    uniform: (out) => random.uniform(key(`${stream}#${calls++}`), step, 0, out),
    normal: (out) => random.normal(key(`${stream}#${calls++}`), step, 0, out),
  }
}

import type { Batch, SourceRandom } from '../dsl/sources/source.ts'
import { at } from '../ir/ops/op.ts'
import { type Program, size } from '../ir/program.ts'
import type { Rows, Supplier, Suppliers } from './datasets.ts'
import { permuted } from './random/permutation.ts'
import type { Random } from './random/random.ts'
import { type StreamKey, streamKey } from './random/streamKey.ts'

/** Values by the name of a draw, step after step. */
export type Draws = { readonly [name: string]: Float32Array }

/**
 * Makes the draws of a program for `count` steps from step `first`; any step can be made again, alone or with others. What
 * an earlier call made and no one needs any more may be given as `used`: its memory is written anew.
 */
export type Feeder = (program: Program, first: number, count: number, used?: Draws) => Draws

interface Numbers {
  readonly random: Random
  readonly key: (stream: string) => StreamKey
}

/** Keys are kept, up to so many: every epoch of a table has one of its own. */
const mostKeys = 1024

const keys = (seed: number): ((stream: string) => StreamKey) => {
  const known = new Map<string, StreamKey>()
  const add = (stream: string): StreamKey => {
    if (known.size === mostKeys) known.clear()
    const key = streamKey(seed, stream)
    known.set(stream, key)
    return key
  }
  return (stream) => known.get(stream) ?? add(stream)
}

/** Given values are not drawn: whoever runs the program adds them. */
export const createFeeder = (random: Random, seed: number, suppliers: Suppliers): Feeder => {
  const numbers = { random, key: keys(seed) }
  return ({ draws }, first, count, used = {}) => {
    const outputs = Object.fromEntries(
      Object.entries(draws).flatMap(([name, { shape, origin }]) =>
        origin.type === 'given' ? [] : [[name, room(count * size(shape), used[name])] as const],
      ),
    )
    for (const fill of [...noises(numbers, draws, outputs), ...samples(numbers, suppliers, draws, outputs)])
      for (let i = 0; i < count; i++) fill(first + i, i, count)
    return outputs
  }
}

/** Space for some numbers: the beginning of what is there already, where that is long enough. */
const room = (length: number, used?: Float32Array): Float32Array =>
  used !== undefined && used.buffer.byteLength >= 4 * length
    ? new Float32Array(used.buffer, 0, length)
    : new Float32Array(length)

type DrawsOf = Program['draws']

/** Writes what is drawn at a step into its part of the outputs: number `index` of `count`. */
type Fill = (step: number, index: number, count: number) => void

const part = (values: Float32Array, index: number, count: number): Float32Array => {
  const length = values.length / count
  return values.subarray(index * length, (index + 1) * length)
}

const noises = ({ random, key }: Numbers, draws: DrawsOf, outputs: Draws): readonly Fill[] =>
  Object.entries(draws).flatMap(([name, { origin }]): readonly Fill[] => {
    const output = outputs[name]
    if (output === undefined || origin.type === 'given' || origin.type === 'source') return []
    return [(step, i, count) => random[origin.type](key(origin.stream), step, 0, part(output, i, count))]
  })

interface SampleDraw {
  readonly supplier: Supplier
  readonly stream: string
  readonly batch: number
  /** Places by field. The fields of one draw belong together: its samples are made once. */
  readonly outputs: Map<string, Float32Array>
}

const samples = (numbers: Numbers, suppliers: Suppliers, draws: DrawsOf, outputs: Draws): readonly Fill[] => {
  const byStream = new Map<string, SampleDraw>()
  for (const [name, { shape, origin }] of Object.entries(draws)) {
    const output = outputs[name]
    if (output === undefined || origin.type !== 'source') continue
    const supplier = suppliers[origin.source]
    if (supplier === undefined) throw new Error(`broken invariant: no supplier of ${origin.source}`)
    const { stream } = origin
    const draw = byStream.get(stream) ?? { supplier, stream, batch: at(shape, 0), outputs: new Map() }
    byStream.set(stream, draw)
    draw.outputs.set(origin.field, output)
  }
  return [...byStream.values()].map((draw) => sampleFill(numbers, draw))
}

const sampleFill =
  (numbers: Numbers, { supplier, stream, batch, outputs }: SampleDraw): Fill =>
  (step, index, count) => {
    const out: Batch = Object.fromEntries(
      Array.from(outputs, ([field, output]) => [field, part(output, index, count)] as const),
    )
    if (supplier.type === 'generate') supplier.generate(batch, sourceRandom(numbers, stream, step), out)
    else shuffledRows(numbers, supplier.rows, stream, step, batch, out)
  }

/** Each call draws from a stream of its own, named by its number. */
const sourceRandom = ({ random, key }: Numbers, stream: string, step: number): SourceRandom => {
  let calls = 0
  return {
    uniform: (out) => random.uniform(key(`${stream}#${calls++}`), step, 0, out),
    normal: (out) => random.normal(key(`${stream}#${calls++}`), step, 0, out),
  }
}

/** Rows in an order that is new in every epoch: sample n of the stream is row permutation(n mod count) of epoch n / count. */
const shuffledRows = (
  { key }: Numbers,
  { count, fields }: Rows,
  stream: string,
  step: number,
  batch: number,
  out: Batch,
): void => {
  const places = Object.entries(out)
  const first = step * batch
  let n = first
  while (n < first + batch) {
    const epoch = Math.floor(n / count)
    const order = key(`${stream}#epoch${epoch}`)
    const end = Math.min(first + batch, (epoch + 1) * count)
    for (; n < end; n++) {
      const row = permuted(n - epoch * count, count, order)
      for (const [field, place] of places) copyRow(rowsOf(fields, field), row, place, n - first, place.length / batch)
    }
  }
}

const rowsOf = (fields: Batch, field: string): Float32Array => {
  const values = fields[field]
  if (values === undefined) throw new Error(`broken invariant: there is no ${field}`)
  return values
}

/** Below this width, a loop is faster than a call. */
const narrow = 32

const copyRow = (from: Float32Array, row: number, to: Float32Array, place: number, width: number): void => {
  if (width >= narrow) to.set(from.subarray(row * width, (row + 1) * width), place * width)
  else for (let i = 0; i < width; i++) to[place * width + i] = from[row * width + i] ?? 0
}

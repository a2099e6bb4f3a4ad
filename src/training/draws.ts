import type { Batch, SourceRandom } from '../dsl/sources/source.ts'
import { at } from '../ir/ops/op.ts'
import { type Draw, type DrawOrigin, type Program, size } from '../ir/program.ts'
import type { Rows, Suppliers } from './datasets.ts'
import { permuted } from './random/permutation.ts'
import type { Random } from './random/random.ts'
import { type StreamKey, streamKey } from './random/streamKey.ts'

type Draws = { readonly [name: string]: Float32Array }

/** Makes the draws of a program for `count` steps from step `first`; any step can be made again, alone or with others. */
export type Feeder = (program: Program, first: number, count: number) => Draws

interface Numbers {
  readonly random: Random
  readonly key: (stream: string) => StreamKey
}

/** Streams' keys, computed once each. */
const keys = (seed: number): ((stream: string) => StreamKey) => {
  const known = new Map<string, StreamKey>()
  return (stream) => {
    const key = known.get(stream) ?? streamKey(seed, stream)
    known.set(stream, key)
    return key
  }
}

/** Given values are not drawn: whoever runs the program adds them. */
export const createFeeder = (random: Random, seed: number, suppliers: Suppliers): Feeder => {
  const numbers = { random, key: keys(seed) }
  return (program, first, count) => {
    const outputs = Object.fromEntries(
      Object.entries(program.draws).flatMap(([name, { shape, origin }]) =>
        origin.type === 'given' ? [] : [[name, new Float32Array(count * size(shape))] as const],
      ),
    )
    for (let i = 0; i < count; i++) fillStep(numbers, suppliers, program.draws, outputs, first + i, i)
    return outputs
  }
}

type SourceOrigin = Extract<DrawOrigin, { type: 'source' }>

const fillStep = (
  numbers: Numbers,
  suppliers: Suppliers,
  draws: { readonly [name: string]: Draw },
  outputs: Draws,
  step: number,
  index: number,
): void => {
  const batches = new Map<string, Batch>()
  for (const [name, { shape, origin }] of Object.entries(draws)) {
    const output = outputs[name]
    if (output === undefined || origin.type === 'given') continue
    const place = output.subarray(index * size(shape), (index + 1) * size(shape))
    if (origin.type !== 'source') {
      numbers.random[origin.type](numbers.key(origin.stream), step, 0, place)
      continue
    }
    // The fields of one draw belong together: its samples are made once.
    const batch = batches.get(origin.stream) ?? sampleBatch(numbers, suppliers, origin, step, at(shape, 0))
    batches.set(origin.stream, batch)
    const values = batch[origin.field]
    if (values === undefined) throw new Error(`broken invariant: ${origin.source} makes no ${origin.field}`)
    place.set(values)
  }
}

const sampleBatch = (
  numbers: Numbers,
  suppliers: Suppliers,
  { source, stream }: SourceOrigin,
  step: number,
  count: number,
): Batch => {
  const supplier = suppliers[source]
  if (supplier === undefined) throw new Error(`broken invariant: no supplier of ${source}`)
  return supplier.type === 'generate'
    ? supplier.generate(count, sourceRandom(numbers, stream, step, count))
    : shuffledRows(numbers, supplier.rows, stream, step, count)
}

/** Each call draws from a stream of its own, named by its number. */
const sourceRandom = ({ random, key }: Numbers, stream: string, step: number, count: number): SourceRandom => {
  let calls = 0
  const draw = (distribution: 'uniform' | 'normal') => (perSample: number) => {
    const values = new Float32Array(count * perSample)
    random[distribution](key(`${stream}#${calls++}`), step, 0, values)
    return values
  }
  return { uniform: draw('uniform'), normal: draw('normal') }
}

/** Rows in an order that is new in every epoch: sample n of the stream is row permutation(n mod count) of epoch n / count. */
const shuffledRows = ({ key }: Numbers, rows: Rows, stream: string, step: number, count: number): Batch => {
  const order = Array.from({ length: count }, (_, i) => {
    const n = step * count + i
    return permuted(n % rows.count, rows.count, key(`${stream}#epoch${Math.floor(n / rows.count)}`))
  })
  return Object.fromEntries(
    Object.entries(rows.fields).map(([field, values]) => {
      const width = values.length / rows.count
      const batch = new Float32Array(count * width)
      order.forEach((row, i) => {
        batch.set(values.subarray(row * width, (row + 1) * width), i * width)
      })
      return [field, batch]
    }),
  )
}

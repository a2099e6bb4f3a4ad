import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DataSources, noFiles, openSources } from '../../src/data/datasets.ts'
import { mixture } from '../../src/dsl/sources/mixture.ts'
import { moons } from '../../src/dsl/sources/moons.ts'
import { tensor } from '../../src/dsl/sources/tensor.ts'
import { createBuilder } from '../../src/ir/builder.ts'
import { type Draw, size } from '../../src/ir/program.ts'
import { createDrawSource, type Draws } from '../../src/run/draws.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { rightOf } from '../data/files.ts'

const batch = 6
const rows = 16
const wide = 40

const sources = {
  points: mixture({
    means: [
      [-2, 1],
      [1, 3],
      [4, 5],
    ],
    std: 0.5,
    weights: [1, 0, 3],
    labels: true,
  }),
  curves: moons({ noise: 0.1, labels: true }),
  table: tensor({
    shape: [wide],
    values: Array.from({ length: rows * wide }, (_, i) => i),
    labels: Array.from({ length: rows }, (_, i) => i),
    classes: rows,
  }),
}

const dataSources: DataSources = await rightOf(openSources({ sources, batch }, noFiles))
const drawSource = (seed = 1) => createDrawSource(createRandom(), seed, dataSources)

const field = (source: keyof typeof sources, name: string, width: number): readonly [string, Draw] => [
  `p/0/${source}.${name}`,
  { shape: [batch, width], origin: { type: 'source', source, field: name, stream: `p/0/${source}` } },
]

const draws: readonly (readonly [string, Draw])[] = [
  ['noise', { shape: [5, 3], origin: { type: 'normal', stream: 'noise' } }],
  ['scalar', { shape: [], origin: { type: 'uniform', stream: 'scalar' } }],
  ['given', { shape: [4], origin: { type: 'given' } }],
  field('points', 'x', 2),
  field('points', 'label', 3),
  field('curves', 'label', 2),
  field('curves', 'x', 2),
  field('table', 'x', wide),
  field('table', 'label', rows),
]

const programOf = (chosen: readonly (readonly [string, Draw])[]) => {
  const p = createBuilder()
  for (const [name, draw] of chosen) p.draw(name, draw)
  return p.program({ writes: {}, metrics: {} })
}
const program = programOf(draws)

const widths = new Map(draws.map(([name, { shape }]) => [name, size(shape)]))

/** One step's part of draws of several. */
const stepOf = (all: Draws, index: number): Draws =>
  Object.fromEntries(
    Object.entries(all).map(([name, values]) => {
      const width = widths.get(name) ?? 0
      return [name, values.slice(index * width, (index + 1) * width)]
    }),
  )

const spoiled = (all: Draws): Draws => {
  for (const values of Object.values(all)) values.fill(Number.NaN)
  return all
}

test('what is drawn has its size and is whole; given values are not drawn', () => {
  const made = drawSource()(program, 0, 3)
  expect(Object.keys(made)).toEqual(draws.map(([name]) => name).filter((name) => name !== 'given'))
  for (const [name, values] of Object.entries(made)) {
    expect(values.length).toBe(3 * (widths.get(name) ?? 0))
    expect(values.every(Number.isFinite)).toBe(true)
  }
})

test('a step is the same alone and with others, in memory that was used and in fresh', () => {
  const calls = fc.array(fc.tuple(fc.nat({ max: 100 }), fc.integer({ min: 1, max: 5 })), { maxLength: 4 })
  const one = drawSource()
  fc.assert(
    fc.property(calls, (all) => {
      let used: Draws = {}
      for (const [first, count] of all) {
        used = one(program, first, count, spoiled(used))
        for (let i = 0; i < count; i++) expect(stepOf(used, i)).toEqual(drawSource()(program, first + i, 1))
      }
    }),
    { numRuns: 50 },
  )
})

test('memory is used again where it is enough, also after a call that needed less', () => {
  const feed = drawSource()
  const large = feed(program, 0, 4)
  const small = feed(program, 4, 1, large)
  const again = feed(program, 5, 4, small)
  for (const [name, values] of Object.entries(again)) expect(values.buffer).toBe(large[name]?.buffer)
  const larger = feed(program, 9, 5, again)
  for (const [name, values] of Object.entries(larger)) expect(values.buffer).not.toBe(large[name]?.buffer)
  expect(drawSource()(program, 0, 1).noise?.buffer).not.toBe(drawSource()(program, 0, 1).noise?.buffer)
})

test('a field is the same whichever others are drawn', () => {
  const whole = drawSource()(program, 3, 2)
  for (const draw of draws) {
    const [name] = draw
    expect(drawSource()(programOf([draw]), 3, 2)[name]).toEqual(whole[name])
  }
})

test('seeds and steps differ', () => {
  const [here, elsewhere] = [drawSource(1)(program, 0, 2), drawSource(2)(program, 0, 1)]
  for (const name of ['noise', 'scalar', 'p/0/points.x', 'p/0/curves.x', 'p/0/table.x']) {
    expect(stepOf(here, 0)[name]).not.toEqual(elsewhere[name])
    expect(stepOf(here, 0)[name]).not.toEqual(stepOf(here, 1)[name])
  }
})

describe('rows of a table', () => {
  const epochs = 1200
  const steps = Math.ceil((epochs * rows) / batch)
  const table = programOf(draws.filter(([name]) => name.startsWith('p/0/table')))
  const { 'p/0/table.x': x = new Float32Array(), 'p/0/table.label': label = new Float32Array() } = drawSource()(
    table,
    0,
    steps,
  )
  const order = Array.from({ length: epochs * rows }, (_, i) => Math.floor((x[i * wide] ?? 0) / wide))
  const orders = Array.from({ length: epochs }, (_, i) => order.slice(i * rows, (i + 1) * rows))

  test('come each once an epoch, in an order that is new in each', () => {
    const sorted = Array.from({ length: rows }, (_, i) => i)
    expect(orders.filter((one) => one.toSorted((a, b) => a - b).join() !== sorted.join())).toEqual([])
    expect(new Set(orders.map((one) => one.join())).size).toBe(epochs)
  })

  test('are whole, with the label that belongs to them', () => {
    for (const [i, row] of order.entries()) {
      expect(label[i * rows + row]).toBe(1)
      expect(x[i * wide + wide - 1]).toBe(row * wide + wide - 1)
    }
  })

  test('are the same after thousands of epochs as without what came before', () => {
    const last = steps - 1
    expect(drawSource()(table, last, 1)['p/0/table.x']).toEqual(x.slice(last * batch * wide))
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { elaborate } from '../../src/compile/elaborate.ts'
import { compileQuery } from '../../src/compile/query.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { flatten } from '../../src/dsl/layers/flatten.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { reshape } from '../../src/dsl/layers/reshape.ts'
import { x } from '../../src/dsl/objectives/symbols.ts'
import type { View } from '../../src/dsl/objectives/view.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { showSpecError } from '../../src/errors/specError.ts'
import { evaluate } from '../../src/ir/evaluate.ts'
import { size } from '../../src/ir/program.ts'
import { gan } from '../../src/spec/gan.ts'
import * as views from '../../src/views/views.ts'
import { errorsOf } from '../compile/playing.ts'
import { rest } from '../types/ring.ts'

const shape = [5, 4, 2] as const
const [height, width, channels] = shape
const spec = gan({
  ...rest,
  latent: normal([2]),
  data: normal(shape),
  generator: pipe(input([2]), dense(40), reshape(shape)),
  discriminator: pipe(input(shape), flatten, dense(1)),
})
const count = size(shape)

/** What a view makes of an image; numbers that are drawn and not given are 0.5. */
const viewed = (view: View, image: readonly number[], drawn: { readonly [name: string]: number } = {}): number[] => {
  const program = pipe(
    elaborate(spec),
    E.flatMap((elaborated) =>
      compileQuery(elaborated, { seen: view(x, { shape, draw: 'v' }).term }, { batch: 1, stream: 's' }),
    ),
    E.getOrElseW((errors) => {
      throw new Error(JSON.stringify(errors))
    }),
  )
  const draws = Object.fromEntries(
    Object.keys(program.draws).map((name) => [
      name,
      name === 's/data.x' ? Float64Array.from(image) : Float64Array.of(drawn[name.replace('s/noise/v-', '')] ?? 0.5),
    ]),
  )
  return [...(evaluate(program, { state: {}, draws, step: 0 }).metrics.seen ?? [])]
}

const images = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: count, maxLength: count })
const unit = fc.double({ min: 0, max: 0.999, noNaN: true })
const close = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length)
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 10)
  })
}
const at = (image: readonly number[], row: number, column: number, channel: number): number =>
  row < 0 || row >= height || column < 0 || column >= width
    ? 0
    : (image[(row * width + column) * channels + channel] ?? Number.NaN)
const pixels = <A>(f: (row: number, column: number, channel: number) => A): A[] =>
  Array.from({ length: count }, (_, i) =>
    f(Math.floor(i / channels / width), Math.floor(i / channels) % width, i % channels),
  )
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

describe('colour', () => {
  test('of a half, a half and a half is the image', () => {
    fc.assert(
      fc.property(images, (image) => close(viewed(views.colour(), image), image)),
      { numRuns: 10 },
    )
  })
  test('brightness moves the mean, saturation keeps each pixel’s mean, contrast keeps the image’s', () => {
    const property = fc.property(images, unit, (image, u) => {
      close(
        viewed(views.colour(), image, { brightness: u }),
        image.map((value) => value + u - 0.5),
      )
      const grey = (of: readonly number[]) =>
        pixels((row, column) => (at(of, row, column, 0) + at(of, row, column, 1)) / 2)
      const saturated = viewed(views.colour(), image, { saturation: u })
      close(grey(saturated), grey(image))
      close(viewed(views.colour(), image, { saturation: 0 }), grey(image))
      expect(mean(viewed(views.colour(), image, { contrast: u }))).toBeCloseTo(mean(image), 10)
    })
    fc.assert(property, { numRuns: 10 })
  })
})

test('translation moves whole pixels, by any number that it may, and leaves zeros', () => {
  const property = fc.property(images, unit, unit, (image, down, across) => {
    // A third of 5 and of 4, rounded: 2 and 1.
    const [rows, columns] = [Math.floor(down * 5) - 2, Math.floor(across * 3) - 1]
    close(
      viewed(views.translation({ ratio: 1 / 3 }), image, { down, across }),
      pixels((row, column, channel) => at(image, row + rows, column + columns, channel)),
    )
  })
  fc.assert(property, { numRuns: 20 })
})

test('cutout leaves a rectangle of zeros, as large as it fits in, around any place', () => {
  const property = fc.property(images, unit, unit, (image, top, left) => {
    // Half of 5 and of 4: 3 rows around each of 5, and 2 columns around each of 4 and the edge.
    const [first, next] = [Math.floor(top * 5) - 1, Math.floor(left * 5) - 1]
    const out = (row: number, column: number) => row >= first && row < first + 3 && column >= next && column < next + 2
    close(
      viewed(views.cutout(), image, { top, left }),
      pixels((row, column, channel) => (out(row, column) ? 0 : at(image, row, column, channel))),
    )
  })
  fc.assert(property, { numRuns: 20 })
})

test('with a probability, a view is all of itself or nothing', () => {
  const half = { probability: 0.5 }
  const chances = { 'colour-chance': 0.6, 'translation-chance': 0.6, 'cutout-chance': 0.6 }
  const others = { brightness: 0.9, saturation: 0.1, contrast: 0.2, down: 0.9, across: 0.1 }
  const property = fc.property(images, (image) => {
    for (const make of [views.colour, views.translation, views.cutout]) {
      close(viewed(make(half), image, { ...others, ...chances }), image)
      const taken = Object.fromEntries(Object.keys(chances).map((name) => [name, 0.4]))
      close(viewed(make(half), image, { ...others, ...taken }), viewed(make(), image, others))
    }
  })
  fc.assert(property, { numRuns: 5 })
})

test.each([
  ['colour', views.colour()],
  ['translation', views.translation()],
  ['cutout', views.cutout()],
])('%s of what is no image is said to be none', (_, view) => {
  const wrong = gan({
    ...rest,
    latent: normal([2]),
    data: normal([3]),
    generator: pipe(input([2]), dense(3)),
    discriminator: pipe(input([3]), dense(1)),
    views: [view],
  })
  const messages = errorsOf(wrong).map(showSpecError)
  expect(messages).toHaveLength(3)
  for (const message of messages)
    expect(message).toMatch(
      /expected \[3\] for input x of D, found \[3, 1, 1\] per sample\n {2}.*views of images take .* height x width x channels/,
    )
})

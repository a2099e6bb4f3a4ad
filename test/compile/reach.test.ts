import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import { openFiles } from '../../src/data/openFiles.ts'
import type { Source } from '../../src/dsl/sources/source.ts'
import {
  dense,
  gan,
  gaussian,
  idx,
  input,
  losses,
  normal,
  npy,
  pipe,
  relu,
  sgd,
  sigmoid,
  tanh,
  tensor,
  type View,
  views,
} from '../../src/index.ts'
import { encodeNpy } from '../../src/io/formats/npy.ts'
import { prepareGame } from '../../src/run/prepare.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { inFolder, put, right, rightOf } from '../data/files.ts'

const ends = {
  tanh: pipe(input([2]), dense(4), tanh),
  sigmoid: pipe(input([2]), dense(4), sigmoid),
  relu: pipe(input([2]), dense(4), relu),
  any: pipe(input([2]), dense(4)),
}

const reaching = (end: keyof typeof ends, data: Source<{ readonly x: [4] }>, shown: readonly View[] = []): GameSpec =>
  gan({
    generator: ends[end],
    discriminator: pipe(input([4]), dense(1)),
    latent: normal([2]),
    data,
    loss: losses.nonSaturating,
    views: shown,
    optimizers: { generator: sgd({ lr: 0.1 }), discriminator: sgd({ lr: 0.1 }) },
    batch: 2,
    steps: 1,
    seed: 1,
  })

const holding = (...values: readonly number[]) =>
  tensor({ shape: [4], values: [...values, ...values, ...values, ...values] })

const warnings = (spec: GameSpec) => right(compile(spec)).warnings

describe('data that a generator cannot reach', () => {
  test.each([
    ['tanh', holding(0, 255), 'G makes numbers from -1 to 1', 'Bring its numbers to [-1, 1]'],
    ['sigmoid', holding(-1, 1), 'G makes numbers from 0 to 1', 'Bring its numbers to [0, 1]'],
    ['relu', holding(-1, 1), 'G makes numbers of at least 0', 'Bring its numbers to [0, 1]'],
    ['tanh', gaussian({ mean: [0, 0, 0, 0], std: 1 }), 'reach from -2 to 2', 'Bring its numbers to [-1, 1]'],
    [
      'sigmoid',
      idx({ images: 'a', shape: [4], range: [-1, 1] }),
      'reach from -1 to 1',
      'Write range: [0, 1] in this source',
    ],
  ] as const)('are warned of before any file is opened: %s', (end, data, message, hint) => {
    const [warning, ...more] = warnings(reaching(end, data))
    expect(more).toEqual([])
    expect(warning?.path).toEqual(['sources', 'data'])
    expect(warning?.message).toContain(message)
    expect(warning?.hint).toContain(hint)
  })

  test.each([
    ['tanh', holding(-1, 1)],
    ['tanh', holding(0, 1)],
    ['tanh', holding(-1.001, 1.001)],
    ['sigmoid', holding(0, 1)],
    ['relu', holding(0, 255)],
    ['any', holding(-1e6, 1e6)],
    ['tanh', gaussian({ mean: [0, 0, 0, 0], std: 0.5 })],
    ['tanh', idx({ images: 'a', shape: [4], range: [-1, 1] })],
    ['tanh', idx({ images: 'a', shape: [4] })],
  ] as const)('are not, where it can: %s', (end, data) => {
    expect(warnings(reaching(end, data))).toEqual([])
  })

  test('are compared as they are where noise hides them from the critic', () => {
    expect(warnings(reaching('tanh', holding(0, 255), [views.instanceNoise({ std: 0.1 })]))).toHaveLength(1)
    expect(warnings(reaching('tanh', holding(0, 1), [views.instanceNoise({ std: 0.1 })]))).toEqual([])
  })

  test('are found in files once these are opened, and then stand with the other warnings', () =>
    inFolder(async (folder) => {
      await put(folder, 'a.npy', encodeNpy([2, 4], Float32Array.of(0, 1, 2, 255, 4, 5, 6, 7)))
      const opened = (end: keyof typeof ends) =>
        rightOf(prepareGame(reaching(end, npy({ path: 'a.npy', shape: [4] })), { openFiles: openFiles(folder) }))
      const { compiled } = await opened('tanh')
      expect(compiled.warnings).toMatchObject([
        {
          path: ['sources', 'data'],
          message:
            'its numbers reach from 0 to 255, but G makes numbers from -1 to 1, so that it can never make such samples',
          hint: 'Write range: [-1, 1] in this source, or end G with a layer that can make any number, such as dense.',
        },
      ])
      expect((await opened('relu')).compiled.warnings).toEqual([])
    }))
})

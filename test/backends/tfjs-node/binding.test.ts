import { join } from 'node:path'
import * as fc from 'fast-check'
import * as koffi from 'koffi'
import { afterEach, describe, expect, test } from 'vitest'
import { declareApi } from '../../../src/backends/tfjs/node/api.ts'
import { type Binding, createBinding } from '../../../src/backends/tfjs/node/binding.ts'
import { isInstalled, notRun, tensorflowFolder } from './installed.ts'

const openBinding = (): Binding => {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'
  const library = koffi.load(join(tensorflowFolder, 'libtensorflow_cc.so.2'))
  return createBinding(
    koffi,
    declareApi((prototype) => library.func(prototype)),
    { threads: 1, gpu: false },
  )
}

const tests = (binding: Binding): void => {
  const { TF_FLOAT, TF_INT32, TF_BOOL, TF_UINT8, TF_STRING } = binding
  const { TF_ATTR_TYPE, TF_ATTR_BOOL, TF_ATTR_INT, TF_ATTR_FLOAT, TF_ATTR_STRING, TF_ATTR_SHAPE } = binding

  const floats = (shape: number[], values: readonly number[]): number =>
    binding.createTensor(shape, TF_FLOAT, Float32Array.from(values))
  const type = (name: string, value: number) => ({ name, type: TF_ATTR_TYPE, value })
  const product = [
    type('T', TF_FLOAT),
    { name: 'transpose_a', type: TF_ATTR_BOOL, value: false },
    { name: 'transpose_b', type: TF_ATTR_BOOL, value: true },
  ]

  afterEach(() => {
    expect(binding.getNumOfTensors()).toBe(0)
  })

  /** Ends with all its tensors deleted. */
  const reading = (ids: readonly number[]): readonly (readonly number[])[] =>
    ids.map((id) => {
      const values = [...binding.tensorDataSync(id)]
      binding.deleteTensor(id)
      return values
    })

  describe('what a tensor is given is read from it', () => {
    test('floats of any shape, bit by bit', () => {
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }).chain((shape) => {
            const size = shape.reduce((product, n) => product * n, 1)
            return fc.tuple(fc.constant(shape), fc.float32Array({ minLength: size, maxLength: size }))
          }),
          ([shape, values]) => {
            const id = binding.createTensor(shape, TF_FLOAT, values)
            const found = binding.tensorDataSync(id)
            binding.deleteTensor(id)
            expect(found).toBeInstanceOf(Float32Array)
            expect(found).toEqual(values)
          },
        ),
      )
    })

    test.each([
      ['int32', TF_INT32, Int32Array.of(-(2 ** 31), 0, 2 ** 31 - 1)],
      ['bool', TF_BOOL, Uint8Array.of(0, 1, 1)],
      ['uint8', TF_UINT8, Uint8Array.of(0, 7, 255)],
    ])('%s', (_, dataType, values) => {
      const id = binding.createTensor([3], dataType, values)
      expect(binding.tensorDataSync(id)).toEqual(values)
      binding.deleteTensor(id)
    })

    test('and a copy, which is of nobody else', () => {
      const given = Float32Array.of(1, 2)
      const id = binding.createTensor([2], TF_FLOAT, given)
      given.fill(0)
      binding.tensorDataSync(id).fill(0)
      expect(reading([id])).toEqual([[1, 2]])
    })
  })

  describe('an op is told of', () => {
    test('types and booleans', () => {
      const [a, b] = [floats([2, 2], [1, 2, 3, 4]), floats([2, 2], [5, 6, 7, 8])]
      const made = binding.executeOp('MatMul', product, [a, b], 1)
      expect(made).toMatchObject([{ shape: [2, 2], dtype: TF_FLOAT }])
      expect(reading([a, b, ...made.map(({ id }) => id)]).at(-1)).toEqual([17, 23, 39, 53])
    })

    test('numbers', () => {
      const x = floats([3], [-2, 0, 2])
      const [leaky] = binding.executeOp(
        'LeakyRelu',
        [type('T', TF_FLOAT), { name: 'alpha', type: TF_ATTR_FLOAT, value: 0.25 }],
        [x],
        1,
      )
      const [split, rest] = binding.executeOp(
        'Unpack',
        [
          type('T', TF_FLOAT),
          { name: 'num', type: TF_ATTR_INT, value: 3 },
          { name: 'axis', type: TF_ATTR_INT, value: 0 },
        ],
        [x],
        3,
      )
      const last = (rest?.id ?? 0) + 1
      expect(reading([x, leaky?.id ?? 0, split?.id ?? 0, rest?.id ?? 0, last])).toEqual([
        [-2, 0, 2],
        [-0.5, 0, 2],
        [-2],
        [0],
        [2],
      ])
    })

    test('words and lists', () => {
      const [x, filter] = [floats([1, 3, 3, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]), floats([1, 1, 1, 1], [2])]
      const [made] = binding.executeOp(
        'Conv2D',
        [
          type('T', TF_FLOAT),
          { name: 'strides', type: TF_ATTR_INT, value: [1, 2, 2, 1] },
          { name: 'padding', type: TF_ATTR_STRING, value: 'EXPLICIT' },
          { name: 'explicit_paddings', type: TF_ATTR_INT, value: [0, 0, 2, 0, 0, 0, 0, 0] },
        ],
        [x, filter],
        1,
      )
      expect(made?.shape).toEqual([1, 3, 2, 1])
      expect(reading([x, filter, made?.id ?? 0]).at(-1)).toEqual([0, 0, 2, 6, 14, 18])
    })
  })

  describe('what fails says why, and takes nothing with it', () => {
    test.each<readonly [string, (a: number) => unknown, RegExp]>([
      ['an op that there is not', (a) => binding.executeOp('Nonsense', [], [a], 1), /Nonsense/],
      ['inputs that do not fit', (a) => binding.executeOp('MatMul', product, [a, a], 1), /In\[0\]/],
      ['an input that there is not', () => binding.executeOp('Relu', [type('T', TF_FLOAT)], [999], 1), /no tensor 999/],
      ['a tensor that there is not', () => binding.tensorDataSync(999), /no tensor 999/],
      ['too few values', () => floats([3], [1, 2]), /2 values do not make a tensor \[3\]/],
      ['a type that is not supported', () => binding.createTensor([1], TF_STRING, [new Uint8Array(1)]), /type 7/],
      [
        'an attribute that is not supported',
        (a) => binding.executeOp('Relu', [{ name: 'shape', type: TF_ATTR_SHAPE, value: [1] }], [a], 1),
        /'shape'/,
      ],
      ['a saved model', () => binding.loadSavedModel('', ''), /saved models/],
    ])('%s', (_, ask, message) => {
      const a = floats([3], [1, 2, 3])
      expect(() => ask(a)).toThrow(message)
      expect(reading([a])).toEqual([[1, 2, 3]])
    })

    test('a tensor that is deleted already', () => {
      const a = floats([], [1])
      binding.deleteTensor(a)
      expect(() => binding.deleteTensor(a)).toThrow(`no tensor ${a}`)
    })
  })

  test('memory does not grow', () => {
    const values = new Float32Array(65_536)
    const round = (): void => {
      for (let i = 0; i < 100; i++) {
        const x = binding.createTensor([65_536], TF_FLOAT, values)
        const [made] = binding.executeOp('Neg', [type('T', TF_FLOAT)], [x], 1)
        for (const id of [x, made?.id ?? 0]) {
          binding.tensorDataSync(id)
          binding.deleteTensor(id)
        }
      }
    }
    for (let i = 0; i < 5; i++) round()
    const before = process.memoryUsage.rss()
    for (let i = 0; i < 10; i++) round()
    // A thousand times twice a quarter of a MiB would be lost.
    expect(process.memoryUsage.rss() - before).toBeLessThan(100e6)
  })
}

if (isInstalled) tests(openBinding())
else test.skip(notRun)

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { broadcastShape, createBuilder } from '../../src/ir/builder.ts'
import { print } from '../../src/ir/print.ts'
import type { Shape } from '../../src/ir/program.ts'
import { computed } from '../laws/meaning.ts'
import { filled, shapes } from '../laws/opCase.ts'
import { originNamed } from './origins.ts'

describe('broadcasting', () => {
  test('is symmetric, keeps a shape with itself and with a scalar, and is as long as the longer', () => {
    fc.assert(
      fc.property(shapes, shapes, (a, b) => {
        const ones = a.map(() => 1)
        expect(broadcastShape(a, a)).toEqual(a)
        expect(broadcastShape(a, [])).toEqual(a)
        expect(broadcastShape(a, ones)).toEqual(a)
        const attempt = (x: Shape, y: Shape) => {
          try {
            return broadcastShape(x, y)
          } catch (error) {
            return error instanceof Error ? 'none' : 'strange'
          }
        }
        expect(attempt(a, b)).toEqual(attempt(b, a))
      }),
    )
    expect(broadcastShape([2, 1, 3], [4, 1])).toEqual([2, 4, 3])
    expect(() => broadcastShape([2], [3])).toThrow('shapes [2] and [3] do not broadcast')
  })

  test('aligns at the last axis', () => {
    const outer = computed([], (b) => b.add(b.constant([2, 1], [10, 20]), b.constant([3], [1, 2, 3])))
    expect(outer).toEqual([11, 12, 13, 21, 22, 23])
  })
})

describe('nodes', () => {
  test('that are equal but for their origin are one', () => {
    const b = createBuilder()
    const [x, y] = [b.state('x', [2]), b.state('y', [2])]
    expect(b.from(originNamed('here')).add(x, y)).toBe(b.from(originNamed('there')).add(x, y))
    expect(b.sum(x)).toBe(b.sum(x))
    expect(b.add(x, y)).not.toBe(b.add(y, x))
    expect(b.pad(b.reshape(x, [1, 2]), [0, 0], [0, 1])).not.toBe(b.pad(b.reshape(x, [1, 2]), [0, 1], [0, 0]))
    expect(b.number(0)).not.toBe(b.number(-0))
    expect(b.number(Number.NaN)).not.toBe(b.number(Number.POSITIVE_INFINITY))
    expect(b.number(Number.NaN)).toBe(b.number(Number.NaN))
  })

  test('that change nothing are not made', () => {
    const b = createBuilder()
    const x = b.state('x', [2, 3])
    const all = [
      b.reshape(x, [2, 3]),
      b.transpose(x, [0, 1]),
      b.broadcast(x, [2, 3]),
      b.slice(x, [0, 0], [2, 3]),
      b.pad(x, [0, 0], [0, 0]),
      b.concat([x], 1),
      b.sum(x, []),
    ]
    expect(all).toEqual(all.map(() => x))
  })

  test('of one draw have one shape and one origin', () => {
    const b = createBuilder()
    const origin = { type: 'normal', stream: 'z' } as const
    expect(b.draw('z', { shape: [2], origin })).toBe(b.draw('z', { shape: [2], origin }))
    expect(() => b.draw('z', { shape: [3], origin })).toThrow('two draws of the name z')
    expect(() => b.draw('z', { shape: [2], origin: { ...origin, stream: 'other' } })).toThrow('two draws')
  })
})

test('mean is the sum over the count', () => {
  fc.assert(
    fc.property(
      shapes.chain((shape) => filled(shape)),
      (x) => {
        const [mean = Number.NaN] = computed([x], (b, inputs) => b.mean(inputs[0] ?? b.number(0)))
        expect(mean).toBeCloseTo(x.values.reduce((a, b) => a + b, 0) / x.values.length, 12)
      },
    ),
  )
})

test('a program is printed with its draws, origins and ends', () => {
  const b = createBuilder()
  const x = b.from(originNamed('layer 1')).state('x', [2])
  const z = b.from(originNamed('layer 1')).draw('z', { shape: [2], origin: { type: 'uniform', stream: 'noise' } })
  const limit = b.from(originNamed('layer 2')).constant([2], [Number.POSITIVE_INFINITY, 1])
  const y = b.from(originNamed('layer 2')).minimum(b.from(originNamed('layer 2')).add(x, z), limit)
  const program = b.program({ writes: { x: y }, metrics: { loss: b.from(originNamed('loss')).sum(y) } })
  expect(print(program)).toBe(`draw z : [2] from {"type":"uniform","stream":"noise"}
# layer 1
%0 = state(name: "x") : [2]
%1 = draw(name: "z") : [2]
# layer 2
%2 = constant(values: ["Infinity",1]) : [2]
%3 = add(%0, %1) : [2]
%4 = minimum(%3, %2) : [2]
# loss
%5 = sum(%4, axes: [0]) : []
write x = %4
metric loss = %5
`)
})

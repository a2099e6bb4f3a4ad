import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { right } from '#fp-ts/Either'
import { tensor } from '../../../src/dsl/sources/tensor.ts'
import { constant } from '../../../src/dsl/terms/tensor.ts'
import { flatValues } from '../../../src/dsl/terms/values.ts'
import { decode, encode } from '../../../src/spec/codec.ts'
import { ringGan } from '../../types/games.ts'

describe('values of a tensor', () => {
  test('lists within lists and typed arrays are the flat list of their numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.double({ noNaN: true }))), (rows) => {
        const flat = rows.flat()
        expect(flatValues(rows)).toEqual(flat)
        expect(flatValues(Float64Array.from(flat))).toEqual(flat)
        expect(flatValues(rows.map((row) => Float64Array.from(row)))).toEqual(flat)
        expect(flatValues(Float32Array.from(flat))).toEqual(flat.map(Math.fround))
      }),
    )
  })

  test('bytes stay whole numbers', () => expect(flatValues(Uint8Array.of(0, 127, 255))).toEqual([0, 127, 255]))

  test('a source of a typed array is the source of its list, and a spec with it holds the numbers', () => {
    const listed = tensor({ shape: [2], values: [0, 0.5, 1, 2], labels: [0, 1], classes: 2 })
    const typed = tensor({
      shape: [2],
      values: Float32Array.of(0, 0.5, 1, 2),
      labels: Uint8Array.of(0, 1),
      classes: 2,
    })
    expect(typed).toStrictEqual(listed)
    const nested = { shape: [2], values: [[0, 0.5], Float64Array.of(1, 2)], labels: [0, 1], classes: 2 } as const
    expect(tensor(nested)).toStrictEqual(listed)
    const spec = { ...ringGan, sources: { ...ringGan.sources, data: typed } }
    expect(decode(JSON.parse(JSON.stringify(encode(spec))))).toStrictEqual(right(spec))
  })

  test('a constant of a typed array is the constant of its list', () => {
    const matrix = constant([2, 2], [1, 0, 0, 1])
    expect(constant([2, 2], Uint8Array.of(1, 0, 0, 1))).toStrictEqual(matrix)
    const rows = [
      [1, 0],
      [0, 1],
    ]
    expect(constant([2, 2], rows)).toStrictEqual(matrix)
  })
})

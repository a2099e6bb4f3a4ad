import { describe, expect, test } from 'vitest'
import { backend } from '../backends/onnx/agreement.ts'
import { chunks, conformance } from './cases.ts'
import { chunked, disagreements } from './run.ts'

/** Cases that this backend is known to get wrong, with the reason. */
const expectedFailures: { readonly [name: string]: string } = {}

const onnx = await backend()

describe('onnx agrees with the reference', () => {
  test.each(conformance.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const found = await disagreements(onnx, one)
    if (Object.hasOwn(expectedFailures, name)) expect(found, 'it passes: take it off the list').not.toEqual([])
    else expect(found).toEqual([])
  })

  test('of every case that is expected to fail there is one', () => {
    const names = conformance.map(({ name }) => name)
    expect(Object.keys(expectedFailures).filter((name) => !names.includes(name))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('steps in one call are the same, bit by bit, as one by one', () => {
  test.each(chunks.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const { together, alone } = await chunked(onnx, one)
    expect(together).toEqual(alone)
  })
})

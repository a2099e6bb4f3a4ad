import { describe, expect, test } from 'vitest'
import { start } from '../../src/backends/tfjs/node/gpu.ts'
import { chunks, conformance } from './cases.ts'
import { chunked, disagreements } from './run.ts'

const expectedFailures: { readonly [name: string]: string } = {}
const started = await start({ threads: 2 })()
if (started._tag === 'Left') throw new Error(started.left.message)
const gpu = started.right
console.log(gpu.info)

describe('tfjs-node-gpu agrees with the reference', () => {
  test.each(conformance.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const found = await disagreements(gpu, one)
    if (Object.hasOwn(expectedFailures, name)) expect(found, 'it passes: take it off the list').not.toEqual([])
    else expect(found).toEqual([])
  })
})
describe('steps in one call are the same, bit by bit, as one by one', () => {
  test.each(chunks.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const { together, alone } = await chunked(gpu, one)
    expect(together).toEqual(alone)
  })
})

import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { start } from '../../src/backends/tfjs/wasm.ts'
import { chunks, conformance } from './cases.ts'
import { chunked, disagreements } from './run.ts'

const started = await start({})()
if (E.isLeft(started)) throw new Error(started.left.message)
const backend = started.right
const expectedFailures: { readonly [name: string]: string } = {}

describe('tfjs-wasm agrees with the reference', () => {
  test.each(conformance.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const found = await disagreements(backend, one)
    if (Object.hasOwn(expectedFailures, name)) expect(found, 'it passes: take it off the list').not.toEqual([])
    else expect(found).toEqual([])
  })
})
describe('steps in one call are the same, bit by bit, as one by one', () => {
  test.each(chunks.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const { together, alone } = await chunked(backend, one)
    expect(together).toEqual(alone)
  })
})

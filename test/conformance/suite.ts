import { describe, expect, test } from 'vitest'
import type { Backend } from '../../src/backends/core/backend.ts'
import type { Case } from './case.ts'
import { chunked, disagreements } from './run.ts'

export interface Suite {
  readonly cases: readonly Case[]
  /** Cases of several steps, which are run in one call and one by one. */
  readonly chunks: readonly Case[]
  /** Cases that the backend is known to get wrong, with the reason; the names of others may be among them. */
  readonly expectedFailures: { readonly [name: string]: string }
}

/** What a backend must pass in this process. */
export const conforms = (backend: Backend, { cases, chunks, expectedFailures }: Suite): void => {
  describe(`${backend.info.name} agrees with the reference`, () => {
    test.each(cases.map((one) => [one.name, one] as const))('%s', async (name, one) => {
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
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Circumstances, type Computed, computedBy, continued, stretches } from '../../src/run/history.ts'

const circumstances: fc.Arbitrary<Circumstances> = fc
  .constantFrom('onnx', 'tfjs-wasm', 'reference')
  .map((name) => ({ platform: 'linux-x64', backend: { name, device: 'CPU', version: '1' }, threads: 2 }))

/** How a run was resumed: from which step, by what. */
const resumptions = fc.array(fc.record({ step: fc.nat(20), by: circumstances }), { maxLength: 8 })

const resumed = (
  first: Circumstances,
  after: readonly { readonly step: number; readonly by: Circumstances }[],
): Computed => after.reduce<Computed>((run, { step, by }) => continued(run, step, by), first)

/** What computed each step, kept the long way. */
const listed = (first: Circumstances, after: readonly { readonly step: number; readonly by: Circumstances }[]) =>
  after.reduce<readonly Circumstances[]>(
    (steps, { step, by }) => steps.map((old, i) => (i < step ? old : by)),
    Array.from({ length: 30 }, () => first),
  )

test('of each step it is known what computed it, whatever way a run took', () => {
  fc.assert(
    fc.property(circumstances, resumptions, (first, after) => {
      const run = resumed(first, after)
      const expected = listed(first, after)
      expect(expected.map((_, step) => computedBy(run, step).backend)).toEqual(expected.map(({ backend }) => backend))
      expect(run.backend).toEqual(expected.at(-1)?.backend)
    }),
  )
})

test('stretches begin at 0, go up, differ from their neighbours, and are written only where there are two', () => {
  fc.assert(
    fc.property(circumstances, resumptions, (first, after) => {
      const run = resumed(first, after)
      const found = stretches(run)
      expect(found[0]?.from).toBe(0)
      for (const [i, { from, backend }] of found.slice(1).entries()) {
        expect(from).toBeGreaterThan(found[i]?.from ?? 0)
        expect(backend).not.toEqual(found[i]?.backend)
      }
      expect(run.history === undefined).toBe(found.length === 1)
    }),
  )
})

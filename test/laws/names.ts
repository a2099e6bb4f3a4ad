import fc from 'fast-check'
import { isName } from '../../src/codecs/dictionary.ts'

export const names = fc
  .oneof(
    fc.constantFrom('D', 'G', 'data', 'latent', 'x', 'λ', 'x_1', 'a.b-c', '数'),
    fc.stringMatching(/^[a-z][A-Za-z0-9_.-]{0,6}$/),
  )
  .filter(isName)

/** Finite, and not -0, which JSON does not have. */
export const finite = fc.double({ noDefaultInfinity: true, noNaN: true }).map((x) => x + 0)
export const above0 = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
export const counts = fc.integer({ min: 1, max: 9 })
export const naturals = fc.nat({ max: 9 })
export const shapes = fc.array(counts, { maxLength: 3 })
export const flag = fc.constant(true as const)

/** An object with these fields, of which those that are not required may be absent. */
export const record = <T, K extends keyof T>(
  model: { readonly [P in keyof T]: fc.Arbitrary<T[P]> },
  ...requiredKeys: readonly K[]
) => fc.record(model, { noNullPrototype: true, requiredKeys: [...requiredKeys] })

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withSettings } from '../../src/cli/settings.ts'
import { showError } from '../../src/errors/failure.ts'
import { encodeFields } from '../../src/spec/codec.ts'
import { left, right } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'

const error = (path: string, value: string) => showError(left(withSettings(smallRing, [[path, value]])))

/** The paths of all numbers in a value. */
const numbers = (value: unknown, path: readonly string[] = []): readonly string[] => {
  if (typeof value === 'number') return [path.join('.')]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => numbers(part, [...path, key]))
}

test('what is set is there, and nothing else is changed', () => {
  fc.assert(
    fc.property(fc.constantFrom('batch', 'steps', 'seed'), fc.integer({ min: 1 }), (name, value) => {
      expect(right(withSettings(smallRing, [[name, `${value}`]]))).toEqual({ ...smallRing, [name]: value })
    }),
  )
  const changed = right(
    withSettings(smallRing, [
      ['optimizers.generator.lr', '1e-4'],
      ['sources.data.modes', '5'],
    ]),
  )
  expect(changed.optimizers.generator).toEqual({ ...smallRing.optimizers.generator, lr: 1e-4 })
  expect(changed.optimizers.discriminator).toEqual(smallRing.optimizers.discriminator)
  expect(changed.sources.data).toEqual({ ...smallRing.sources.data, modes: 5 })
})

test('every number of a spec can be set to what it is', () => {
  const paths = numbers(encodeFields(smallRing))
  expect(paths.length).toBeGreaterThan(20)
  fc.assert(
    fc.property(fc.constantFrom(...paths), (path) => {
      const value = path
        .split('.')
        .reduce((at: unknown, key) => Reflect.get(Object(at), key) as unknown, encodeFields(smallRing))
      expect(right(withSettings(smallRing, [[path, `${value}`]]))).toEqual(smallRing)
    }),
  )
})

test('names with dots are names', () => {
  const dotted = { ...smallRing, optimizers: { ...smallRing.optimizers, 'a.b': { type: 'sgd', lr: 1 } as const } }
  expect(right(withSettings(dotted, [['optimizers.a.b.lr', '2']])).optimizers['a.b']).toEqual({ type: 'sgd', lr: 2 })
})

test('a path that is not there is refused, with the fields that are', () => {
  expect(error('btach', '1')).toBe(
    '--set btach: the spec has no field btach\n  The fields there are networks, sources, players, dynamics, optimizers, batch, steps, seed, provenance.',
  )
  expect(error('optimizers.gen.lr', '1')).toContain(
    'optimizers has no field gen\n  The fields there are generator, discriminator.',
  )
  expect(error('batch.size', '1')).toContain('batch has no field size\n  batch has no fields.')
  expect(error('__proto__.batch', '1')).toContain('the spec has no field __proto__')
})

test('a value that does not fit is refused as it is in any spec', () => {
  expect(error('batch', '-1')).toContain('batch: expected a whole number above 0, found -1')
  expect(error('batch', 'many')).toContain('batch: expected a whole number above 0, found "many"')
  expect(error('optimizers.generator', '{"type":"sgd"}')).toContain('optimizers.generator.lr: ')
})

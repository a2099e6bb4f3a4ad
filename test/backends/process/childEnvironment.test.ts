import fc from 'fast-check'
import { expect, test } from 'vitest'
import { childEnvironment } from '../../../src/backends/process/childEnvironment.ts'

const folder = fc.constantFrom('', '.', 'bin', './bin', '..', '/usr/bin', '/opt/a b/bin')

test('a child looks for programs in absolute folders only, in the order of the user', () =>
  fc.assert(
    fc.property(fc.array(folder), (folders) => {
      const found = childEnvironment({ PATH: folders.join(':'), HOME: '/home/ada' })
      const absolute = folders.filter((each) => each.startsWith('/'))
      expect(found).toEqual({
        PATH: absolute.length > 0 ? absolute.join(':') : '/usr/local/bin:/usr/bin:/bin',
        HOME: '/home/ada',
      })
    }),
  ))

import { expect, test } from 'vitest'
import { checkPlatform } from '../../../src/backends/libraries/platform.ts'

test('the pinned libraries are for one platform', () => {
  expect(checkPlatform('tfjs-node', 'linux', 'x64')).toMatchObject({ _tag: 'Right' })
})

test.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'arm64'],
])('on %s-%s an error says so, and what to do', (platform, arch) => {
  expect(checkPlatform('tfjs-node', platform, arch)).toMatchObject({
    _tag: 'Left',
    left: {
      place: { type: 'library', name: 'tfjs-node' },
      message: expect.stringContaining(`this is ${platform}-${arch}`),
      hint: expect.stringContaining('another'),
    },
  })
})

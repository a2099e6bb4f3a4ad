import { expect, test } from 'vitest'
import { librariesHome } from '../../../src/backends/libraries/home.ts'

test.each([
  ['linux', {}, '/home/ada/.cache/saddlepoint'],
  ['linux', { XDG_CACHE_HOME: '/var/cache/ada' }, '/var/cache/ada/saddlepoint'],
  ['darwin', { XDG_CACHE_HOME: '/var/cache/ada' }, '/home/ada/Library/Caches/saddlepoint'],
  ['linux', { SADDLEPOINT_HOME: '/data', XDG_CACHE_HOME: '/var/cache/ada' }, '/data'],
  ['darwin', { SADDLEPOINT_HOME: '/data' }, '/data'],
  ['linux', { XDG_CACHE_HOME: '' }, '/home/ada/.cache/saddlepoint'],
  ['linux', { XDG_CACHE_HOME: 'cache' }, '/home/ada/.cache/saddlepoint'],
  ['linux', { SADDLEPOINT_HOME: 'mine' }, `${process.cwd()}/mine`],
  ['linux', { SADDLEPOINT_HOME: '' }, '/home/ada/.cache/saddlepoint'],
] as const)('on %s with %j, libraries are in %s', (platform, env, home) => {
  expect(librariesHome(env, platform, '/home/ada')).toBe(home)
})

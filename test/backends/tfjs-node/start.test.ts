import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StartBackend } from '../../../src/backends/core/backend.ts'

/** Each loads everything anew, but what Node has loaded. */
const start = {
  'tfjs-node-gpu': async (): Promise<StartBackend> => (await import('../../../src/backends/tfjs/node/gpu.ts')).start,
  'tfjs-node': async (): Promise<StartBackend> => (await import('../../../src/backends/tfjs/node/cpu.ts')).start,
}
const rows = ['tfjs-node-gpu', 'tfjs-node'] as const

const absent = (name: string) => () => {
  throw new Error(`Cannot find package '${name}'`)
}

beforeEach(() => vi.stubEnv('SADDLEPOINT_HOME', '/nowhere'))

afterEach(() => {
  for (const name of ['koffi', '@tensorflow/tfjs-core']) vi.doUnmock(name)
  for (const row of rows) vi.doUnmock(`@tensorflow/${row}/dist/nodejs_kernel_backend.js`)
  vi.resetModules()
  vi.unstubAllEnvs()
})

describe.each(rows)('%s says what it lacks, and how to get it', (name) => {
  const command = `npm install --ignore-scripts @tensorflow/tfjs-core @tensorflow/${name} koffi`

  test.each([
    ['koffi', 'koffi'],
    ['@tensorflow/tfjs-core', '@tensorflow/tfjs-core'],
    [`@tensorflow/${name}`, `@tensorflow/${name}/dist/nodejs_kernel_backend.js`],
  ])('the package %s', async (lacking, module) => {
    vi.doMock(module, absent(lacking))
    expect(await (await start[name]())({})()).toMatchObject({
      _tag: 'Left',
      left: {
        type: 'BackendError',
        backend: name,
        message: expect.stringContaining(`loading ${lacking}: `),
        hint: command,
      },
    })
  })

  test('the library', async () => {
    expect(await (await start[name]())({})()).toMatchObject({
      _tag: 'Left',
      left: {
        backend: name,
        message: expect.stringContaining('looked in /nowhere'),
        hint: `saddle backends install ${name}`,
      },
    })
  })
})

test.each([
  [undefined, '3'],
  ['0', '0'],
])('TensorFlow logs what is fatal, unless it is told more (%s)', async (before, after) => {
  vi.stubEnv('TF_CPP_MIN_LOG_LEVEL', before)
  await (await start['tfjs-node-gpu']())({})()
  expect(process.env.TF_CPP_MIN_LOG_LEVEL).toBe(after)
})

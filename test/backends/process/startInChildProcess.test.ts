import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Server, startInChildProcess } from '../../../src/backends/process/startInChildProcess.ts'
import type { BackendError } from '../../../src/errors/backendError.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import { inFolder, left, leftOf, put, rightOf } from '../../data/files.ts'
import { root } from '../../types/tsc.ts'

const real: Server = { script: join(root, 'dist/cli/main.js'), arguments: ['serve-backend'], seconds: 60 }

/** What comes of starting a script that is no backend. */
const failure = async (source: string, seconds = 60): Promise<BackendError> => {
  let error: BackendError | undefined
  await inFolder(async (folder) => {
    const script = await put(folder, 'broken.mjs', source)
    error = await leftOf(startInChildProcess({ script, arguments: [], seconds }, 'broken', {}))
  })
  return error ?? expect.fail()
}

test('a process that crashes, ends or hangs takes nothing else with it, and its last words are heard', async () => {
  const [crashed, ended, hung] = await Promise.all([
    failure(`process.stderr.write('warming up\\nno such symbol\\n', () => process.kill(process.pid, 'SIGSEGV'))`),
    failure('process.exit(7)'),
    failure('setInterval(() => {}, 1000); console.log("listen")', 1),
  ])
  expect(crashed).toMatchObject({ backend: 'broken', message: 'it crashed (SIGSEGV): no such symbol' })
  expect(ended.message).toBe('it crashed (exit code 7)')
  expect(hung.message).toBe('it did not start within 1 s')
})

/** x, which grows by a draw in each step. */
const growing = (() => {
  const b = createBuilder()
  const x = b.add(b.state('x', [2]), b.draw('d', { shape: [2], origin: { type: 'given' } }))
  return b.program({ writes: { x }, metrics: { x } })
})()

/** The reference gives float64, whatever it is given. */
const floats = (...values: readonly number[]) => ({ x: { shape: [2], values: Float64Array.from(values) } })

test('a backend apart is as one that is near: stores, forks, undo, and numbers that JSON does not know', async () => {
  const { backend, spent } = await rightOf(startInChildProcess(real, 'reference', {}))
  expect(backend.info).toEqual({ name: 'reference', device: 'CPU, float64', accelerator: 'none', version: '1' })
  const store = await rightOf(backend.store(floats(1, Number.NEGATIVE_INFINITY)))
  const executable = await rightOf(store.compile(growing))
  const draws = { d: Float32Array.of(1, 0, 2, Number.POSITIVE_INFINITY) }
  expect(await rightOf(executable.run({ first: 0, count: 2, draws }))).toEqual({
    x: Float64Array.of(2, Number.NEGATIVE_INFINITY, 4, Number.NaN),
  })
  const fork = store.fork()
  store.undo()
  expect(await rightOf(store.read())).toEqual(floats(1, Number.NEGATIVE_INFINITY))
  expect(await rightOf(fork.read())).toEqual(floats(4, Number.NaN))
  await rightOf(store.write(floats(7, 8)))
  expect(await rightOf(store.read())).toEqual(floats(7, 8))
  expect(spent()).toBeGreaterThan(0)
  executable.dispose()
  fork.dispose()
  store.dispose()
  backend.dispose?.()
  expect((await leftOf(store.read())).message).toContain('SIGKILL')
})

test('two at a time do not see one another; a wrong request is an error, and the next one is done', async () => {
  const both = await Promise.all([
    rightOf(startInChildProcess(real, 'reference', {})),
    rightOf(startInChildProcess(real, 'reference', {})),
  ])
  const [a, b] = await Promise.all(both.map(({ backend }, i) => rightOf(backend.store(floats(i, i)))))
  expect(await rightOf((a ?? expect.fail()).read())).toEqual(floats(0, 0))
  const store = b ?? expect.fail()
  store.dispose()
  expect(left(await store.read()()).message).toBe('broken invariant: there is no such store')
  const again = await rightOf((both[1] ?? expect.fail()).backend.store(floats(3, 3)))
  expect(await rightOf(again.read())).toEqual(floats(3, 3))
  for (const { backend } of both) backend.dispose?.()
})

test('what a backend says when it can not start is heard', async () => {
  expect(await leftOf(startInChildProcess(real, 'abacus', {}))).toMatchObject({
    backend: 'abacus',
    message: 'there is no backend of that name',
  })
})

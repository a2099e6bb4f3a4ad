import { expect, test } from 'vitest'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../../../src/backends/core/backend.ts'
import { proven } from '../../../src/backends/core/proof.ts'
import { within } from '../../../src/backends/core/within.ts'
import { start } from '../../../src/backends/reference/index.ts'
import { preference } from '../../../src/backends/start/auto.ts'
import { backendNames, loadersOf, namesIn, rowOf } from '../../../src/backends/start/catalogue.ts'
import { backends as ofNode } from '../../../src/backends/start/node.ts'
import { begin, startBackend } from '../../../src/backends/start/registry.ts'
import { backends as ofWeb } from '../../../src/backends/start/web.ts'
import { leftOf, rightOf } from '../../data/files.ts'

test('each backend can be loaded in each place where it runs, and in no other', () => {
  const placed = (place: 'node' | 'browser') => backendNames.filter((name) => rowOf(name).places.includes(place))
  expect([...loadersOf('node', ofNode).keys()]).toEqual(placed('node'))
  expect([...loadersOf('browser', ofWeb).keys()]).toEqual(placed('browser'))
})

test.each(['abacus', 'constructor', '__proto__', ''])(
  'of the name %j there is none; it lists those there are',
  async (name) => {
    const error = await leftOf(startBackend(name))
    expect(error).toMatchObject({ type: 'BackendError', backend: name, message: 'there is no backend of that name' })
    for (const known of backendNames) expect(error.hint).toContain(known)
  },
)

test('one that is named is taken, and nothing else is asked', async () => {
  const { backend, passedOver } = await rightOf(begin('reference'))
  expect(backend.info.name).toBe('reference')
  expect(passedOver).toEqual([])
})

test('where nobody names one, onnxruntime on the CPU is taken', async () => {
  const { backend, passedOver, slow } = await rightOf(begin(undefined, { threads: 1 }))
  expect(backend.info).toMatchObject({ name: 'onnx', device: 'CPU, 1 thread' })
  expect([passedOver, slow]).toEqual([[], undefined])
})

test('auto starts one that computes, never a GPU in software, and says why no better one', async () => {
  const { backend, passedOver } = await rightOf(begin('auto', { threads: 1 }))
  const { name, accelerator } = backend.info
  expect(accelerator).not.toBe('software gpu')
  const taken = preference.findIndex((wish) => wish.name === name && wish.on === accelerator)
  const better = preference.slice(0, taken).map((wish) => wish.name)
  const expected = [...new Set(better)].filter((each) => each !== name && namesIn('node').includes(each))
  expect(passedOver.map((each) => each.name)).toEqual(expected)
  for (const { reason } of passedOver) expect(reason).toMatch(/\w/)
}, 120_000)

test('a backend that starts and does not compute is found out, and gives back its device', async () => {
  const reference = await rightOf(start({}))
  expect(await rightOf(proven(reference))).toBe(reference)
  let disposed = 0
  const wrong: Backend = {
    ...reference,
    store: () => reference.store({ x: { shape: [2], values: Float32Array.of(1, 1) } }),
    dispose: () => void disposed++,
  }
  expect((await leftOf(proven(wrong))).message).toContain('adds wrongly')
  const lost: Backend = {
    ...wrong,
    store: () => TE.left({ type: 'BackendError', backend: 'lost', message: 'device lost', hint: '' }),
  }
  expect((await leftOf(proven(lost))).message).toBe('device lost')
  expect(disposed).toBe(2)
})

test('what hangs is given up, and what comes in time is not', async () => {
  const never: TE.TaskEither<string, number> = () => new Promise(() => {})
  expect(await leftOf(within(0.01, () => 'late')(never))).toBe('late')
  expect(await rightOf(within(60, () => 'late')(TE.right(1)))).toBe(1)
})

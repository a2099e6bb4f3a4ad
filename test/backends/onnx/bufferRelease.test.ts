import { expect, test } from 'vitest'
import { createBufferRelease } from '../../../src/backends/onnx/bufferRelease.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import { backend, succeed } from './agreement.ts'

test('what goes down a sink is gone', () => {
  const buffer = new Float32Array(4).buffer
  createBufferRelease()([buffer])
  expect(buffer.byteLength).toBe(0)
})

const count = 2 ** 18

test('calls leave nothing for the garbage collector to find', async () => {
  const p = createBuilder()
  const x = p.state('x', [count])
  const program = p.program({ writes: { x: p.add(x, p.number(1)) }, metrics: {} })
  const store = await succeed((await backend()).store({ x: { shape: [count], values: new Float32Array(count) } }))
  const executable = await succeed(store.compile(program))
  const run = () => succeed(executable.run({ first: 0, count: 1, draws: {} }))
  for (let i = 0; i < 5; i++) await run()
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 15; i++) await run()
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * count)
  expect((await succeed(store.read())).x?.values[0]).toBe(20)
  executable.dispose()
  store.dispose()
})

test('a look sees what a read copies', async () => {
  const values = Float32Array.of(1, 2, 3)
  const store = await succeed((await backend()).store({ x: { shape: [3], values } }))
  if (store.look === undefined) throw new Error('onnx shows its state')
  expect(await succeed(store.look(({ x }) => x?.values.join()))).toBe('1,2,3')
  store.dispose()
})

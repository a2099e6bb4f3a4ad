import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { tfjsBackend } from '../../../src/backends/tfjs/backend.ts'
import { start as startCpu } from '../../../src/backends/tfjs/cpu.ts'
import type { Device } from '../../../src/backends/tfjs/device.ts'
import { noDifferences } from '../../../src/backends/tfjs/differences.ts'
import { start as startWasm } from '../../../src/backends/tfjs/wasm.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import type { Program } from '../../../src/ir/program.ts'
import { originNamed } from '../../ir/origins.ts'
import { succeed } from '../onnx/agreement.ts'

await succeed(startCpu({}))

const device: Device = {
  tf,
  kernels: 'cpu',
  info: { name: 'tfjs-cpu', device: 'a toy', accelerator: 'none', version: '' },
  differences: noDifferences,
}

const once = { first: 0, count: 1, draws: {} }
const x = { shape: [4, 4], values: new Float32Array(16).fill(1) }

/** exp(x x'), made in a layer. */
const program = (): Program => {
  const p = createBuilder()
  const from = p.state('x', [4, 4])
  const y = p.from(originNamed('D(x), layer 3.dense')).matmul(from, from, { transposeA: false, transposeB: true })
  return p.program({ writes: { x: p.from(originNamed('D(x), layer 4.exp')).exp(y) }, metrics: {} })
}

describe('a kernel that fails', () => {
  const broken = tfjsBackend({
    ...device,
    differences: {
      ...noDifferences,
      ops: {
        exp: {
          reason: 'to see what happens',
          lowering: (node, scope) => {
            const y = scope.whole(node.inputs[0])
            return scope.kernel('Nonsense', { x: y.slot }, {}, y.shape)
          },
        },
      },
    },
  })

  test('is named with what it came from, and leaves the state as it was', async () => {
    const store = await succeed(broken.store({ x }))
    const executable = await succeed(store.compile(program()))
    const message = expect.stringMatching(/^running a program: Nonsense of D\(x\), layer 4\.exp: .*'Nonsense'/)
    const hint = expect.stringContaining('reference')
    expect(await executable.run({ ...once, count: 2 })()).toMatchObject({
      left: { type: 'BackendError', backend: 'tfjs-cpu', message, hint },
    })
    expect(await succeed(store.read())).toEqual({ x })
    executable.dispose()
    store.dispose()
  })
})

describe('a tensor that is too large for a device', () => {
  const within = (maxBufferSize: number, maxStorageBufferBindingSize: number) =>
    tfjsBackend({ ...device, limits: { maxBufferSize, maxStorageBufferBindingSize } })

  test('is named with its limit where it is a state', async () => {
    expect(await within(2 ** 20, 60).store({ x })()).toMatchObject({
      left: {
        backend: 'tfjs-cpu',
        message: expect.stringMatching(
          /^state 'x' of shape \[4, 4\] takes .* but a toy allows .*maxStorageBufferBindingSize/,
        ),
        hint: expect.stringContaining('batch'),
      },
    })
  })

  test('is named with what it came from before anything runs', async () => {
    const p = createBuilder()
    const column = p.state('c', [4, 1])
    const y = p.from(originNamed('D(x), layer 3.dense')).matmul(column, column, { transposeA: false, transposeB: true })
    const store = await succeed(within(60, 2 ** 20).store({ c: { shape: [4, 1], values: new Float32Array(4) } }))
    expect(await store.compile(p.program({ writes: {}, metrics: { y } }))()).toMatchObject({
      left: { message: expect.stringMatching(/^D\(x\), layer 3\.dense of shape \[4, 4\] .*maxBufferSize/) },
    })
    store.dispose()
  })

  test('is none where all fit', async () => {
    const store = await succeed(within(64, 64).store({ x }))
    await succeed(store.compile(program()))
    store.dispose()
  })
})

test('rows that take turns do not disturb each other', async () => {
  const rows = [await succeed(startCpu({})), await succeed(startWasm({}))]
  const p = createBuilder()
  const doubled = p.program({ writes: { x: p.add(p.state('x', [4, 4]), p.state('x', [4, 4])) }, metrics: {} })
  const stores = await Promise.all(rows.map((row) => succeed(row.store({ x }))))
  const executables = await Promise.all(stores.map((store) => succeed(store.compile(doubled))))
  for (let call = 0; call < 3; call++)
    await Promise.all(executables.map((executable) => succeed(executable.run({ ...once, count: 2 }))))
  for (const store of stores) expect((await succeed(store.read())).x?.values[0]).toBe(64)
})

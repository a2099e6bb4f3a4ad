import * as onnx from 'onnxruntime-node'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { overLimits } from '../../../src/backends/core/limits.ts'
import { compile } from '../../../src/backends/onnx/executable.ts'
import { hostRuntime } from '../../../src/backends/onnx/node.ts'
import type { Runtime, Session } from '../../../src/backends/onnx/runtime.ts'
import { storesOn } from '../../../src/backends/onnx/store.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import type { Program } from '../../../src/ir/program.ts'
import { succeed } from './agreement.ts'

/** A runtime that records the sessions that are open. */
const counting = (change: (session: Session) => Session = (session) => session) => {
  const open: Session[] = []
  const host = hostRuntime(onnx, 'onnx', { intraOpNumThreads: 1 })
  const runtime: Runtime = {
    ...host,
    open: async (model) => {
      const session = await host.open(model)
      const counted: Session = change({
        run: session.run.bind(session),
        release: async () => {
          expect(open).toContain(counted)
          open.splice(open.indexOf(counted), 1)
          await session.release()
        },
      })
      open.push(counted)
      return counted
    },
  }
  return { open, runtime }
}

const counter = (): Program => {
  const p = createBuilder()
  const next = p.add(p.state('n', []), p.number(1))
  return p.program({ writes: { n: next }, metrics: { next } })
}

const zero = { n: { shape: [], values: Float32Array.of(0) } }
const once = { first: 0, count: 1, draws: {} }

test('each session is released once, however often its executable is disposed', async () => {
  const { open, runtime } = counting()
  const store = await succeed(storesOn(runtime)(zero))
  const executables = [await succeed(store.compile(counter())), await succeed(store.compile(counter()))]
  for (const executable of executables) await succeed(executable.run(once))
  expect(open.length).toBe(2)
  for (const executable of [...executables, ...executables]) executable.dispose()
  expect(open).toEqual([])
})

test('a program that does nothing opens no session', async () => {
  const { open, runtime } = counting()
  const nothing = createBuilder().program({ writes: {}, metrics: {} })
  const compiled = await succeed(compile(runtime, nothing))
  expect(await succeed(compiled.run({}, once))).toEqual({ written: {}, metrics: {} })
  expect(open).toEqual([])
})

test('a run that fails is an error, and leaves the state alone', async () => {
  const { runtime } = counting((session) => ({ ...session, run: () => Promise.reject(new Error('out of memory')) }))
  const store = await succeed(storesOn(runtime)(zero))
  const executable = await succeed(store.compile(counter()))
  const result = await executable.run(once)()
  expect(E.isLeft(result) && result.left.message).toBe('running a program: out of memory')
  expect(await succeed(store.read())).toEqual(zero)
  executable.dispose()
})

test('a session that does not open is an error', async () => {
  const { runtime } = counting()
  const broken: Runtime = { ...runtime, open: () => Promise.reject(new Error('no such operator')) }
  const result = await compile(broken, counter())()
  expect(E.isLeft(result) && result.left.message).toBe('compiling a program: no such operator')
})

test('a tensor that a device has no room for is named, with the limit', async () => {
  const { runtime } = counting()
  const limits = { maxBufferSize: 64, maxStorageBufferBindingSize: 32 }
  const small: Runtime = { ...runtime, overLimits: async (tensors) => overLimits(limits, 'a small card', tensors) }
  const p = createBuilder()
  const program = p.program({ writes: {}, metrics: { y: p.neg(p.state('x', [3, 3])) } })
  const result = await compile(small, program)()
  expect(E.isLeft(result) && result.left.message).toMatch(
    /^state 'x' of shape \[3, 3\] takes .* a small card .*maxStorageBufferBindingSize/,
  )
})

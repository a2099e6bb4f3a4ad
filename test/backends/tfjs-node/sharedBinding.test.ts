import { expect, test } from 'vitest'
import type { Row } from '../../../src/backends/tfjs/node/row.ts'
import { sharedBinding } from '../../../src/backends/tfjs/node/sharedBinding.ts'

const gpu: Row = { name: 'tfjs-node-gpu', gpu: true }
const cpu: Row = { name: 'tfjs-node', gpu: false }

const started = (row: Row, usesGpu: boolean) => ({
  isUsingGpuDevice: () => usesGpu,
  resources: { threads: 1, gpu: row.gpu },
})
const compiled = { isUsingGpuDevice: () => true }

test.each([
  ['the same row', gpu, started(gpu, true)],
  ['the CPU, after a GPU was looked for in vain', cpu, started(gpu, false)],
  ['a GPU, after it was looked for in vain', gpu, started(gpu, false)],
  ['a GPU, by a binding that decided by itself', gpu, compiled],
] as const)('a process goes on with the libtensorflow that it has: %s', (_, row, binding) => {
  expect(sharedBinding(row, binding)).toEqual({ _tag: 'Right', right: binding })
})

test.each([
  ['the CPU, but it is on a GPU', cpu, started(gpu, true), 'already works on a GPU'],
  ['the CPU, but a compiled one is on a GPU', cpu, compiled, 'already works on a GPU'],
  ['a GPU, but it is for the CPU', gpu, started(cpu, false), 'for the CPU alone'],
] as const)('a row is not what it says in a process that has another libtensorflow: %s', (_, row, binding, message) => {
  expect(sharedBinding(row, binding)).toMatchObject({
    _tag: 'Left',
    left: {
      backend: row.name,
      message: expect.stringContaining(message),
      hint: 'Start it in a process of its own.',
    },
  })
})

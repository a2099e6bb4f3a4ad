import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { comparisonJson, showComparison } from '../../../src/cli/show/showComparison.ts'
import type { Compared, FoundAt, Measured } from '../../../src/measure/comparison/comparison.ts'
import { inFolder, put } from '../../data/files.ts'
import { saddle } from '../saddle.ts'
import { ringSource } from '../specs.ts'

const measured: Measured = {
  info: { name: 'onnx', device: 'CPU, 2 threads', accelerator: 'none', version: '1' },
  seconds: 0.00123456,
  worst: { tensor: 'D/1.dense/kernel', relative: 2.34e-6, step: 7 },
  drift: 0.01,
  verdict: { type: 'agrees' },
}

const found: FoundAt = {
  fault: 'wrong',
  op: 'tanh',
  origin: 'generator: log(D(G(z)))',
  inputs: [[4, 2]],
  shape: [4, 2],
  relative: Number.POSITIVE_INFINITY,
  index: 5,
  found: Number.NaN,
  expected: 0.25,
  step: 3,
}

const compared = (name: string, changes: Partial<Measured>): Compared => ({
  name,
  outcome: E.right({ ...measured, ...changes }),
})

const wrong = compared('b', {
  worst: { tensor: 'G/3.dense/bias', relative: Number.POSITIVE_INFINITY, step: 3 },
  verdict: { type: 'differs', at: found },
})
const absent: Compared = {
  name: 'c',
  outcome: E.left({ type: 'BackendError', backend: 'c', message: 'it is absent', hint: 'npm install it' }),
}

test('a table in columns, and of each backend that is not well what there is to say', () => {
  const text = showComparison({ steps: 9, backends: [compared('a', {}), wrong, absent] })
  const [title = '', first = '', second = ''] = text.split('\n')
  for (const heading of ['device', 'ms/step', 'one step off', 'at', 'apart after 9'])
    expect(title, heading).toContain(heading)
  expect(first).toMatch(/^a +CPU, 2 threads +1\.23 +2\.3e-6 +D\/1\.dense\/kernel, step 7 +1\.0e-2 +agrees$/)
  expect(second).toMatch(/^b .* ∞ +G\/3\.dense\/bias, step 3 .* differs$/)
  expect(text).toContain('b, step 3: an op is wrong\n  op         tanh: [4, 2] → [4, 2]\n')
  expect(text).toContain('  for        generator: log(D(G(z)))\n  element 5  NaN, in float64 0.25\n')
  expect(text).toContain('c: it is absent\n  npm install it\n')
})

test('a run that is not finite, a step that is wrong as a whole, a game that ends', () => {
  const early: Measured = {
    info: measured.info,
    seconds: 1,
    worst: measured.worst,
    notFinite: 4,
    verdict: { type: 'differs' },
  }
  const text = showComparison({ steps: 9, notFinite: 5, backends: [{ name: 'a', outcome: E.right(early) }] })
  expect(text).toContain('NaN or ∞ in step 4')
  expect(text).toContain('a, step 7: the step is wrong\n')
  expect(text).toContain('non-finite in step 5; only earlier steps')
})

test('JSON has the same, with NaN and infinities as text', () => {
  const json: unknown = JSON.parse(comparisonJson({ steps: 9, backends: [wrong, absent] }))
  expect(json).toMatchObject({
    steps: 9,
    backends: [
      {
        name: 'b',
        seconds: measured.seconds,
        verdict: { type: 'differs', at: { found: 'NaN', relative: 'Infinity' } },
      },
      { name: 'c', error: 'it is absent', hint: 'npm install it' },
    ],
  })
})

test('the command: backends that agree end with 0, one that is not here with 1', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const both = ['compare', 'ring.ts', '--backends', 'onnx,reference', '--steps', '4', '--threads', '1']
    const [agreeing, json, elsewhere] = await Promise.all([
      saddle(folder, ...both),
      saddle(folder, ...both, '--json', '--set', 'batch=8', '--seed', '3'),
      saddle(folder, 'compare', 'ring.ts', '--backends', 'reference,onnx-web', '--steps', '1'),
    ])
    expect(agreeing.code, agreeing.err).toBe(0)
    expect(agreeing.out).toMatch(/^backend +device .*\nonnx +CPU, 1 thread .* agrees\nreference .* agrees\n$/)
    expect(agreeing.err).toContain('4 steps on onnx: 0/4\n')
    expect(json.code).toBe(0)
    expect(JSON.parse(json.out)).toMatchObject({
      steps: 4,
      backends: [{ name: 'onnx' }, { name: 'reference' }],
    })
    expect(elsewhere.code).toBe(1)
    expect(elsewhere.out).toContain('\nonnx-web: it runs in a browser only\n')
  }))

test('wrong usage ends with 2, what can not be compared with 1', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    for (const args of [
      ['ring.ts'],
      ['ring.ts', '--backends', 'abacus'],
      ['ring.ts', '--backends', 'onnx,'],
      ['--backends', 'onnx'],
      ['ring.ts', '--backends', 'onnx', '--steps', '0'],
    ])
      expect(await saddle(folder, 'compare', ...args)).toMatchObject({ code: 2, out: '' })
    const none = await saddle(folder, 'compare', 'none.ts', '--backends', 'onnx')
    expect(none).toMatchObject({ code: 1, out: '' })
    expect(none.err).toMatch(/^error: none\.ts: .+\n {2}.+\n$/)
  }))

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as koffi from 'koffi'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkVersion, openLibrary } from '../../../src/backends/tfjs/node/openLibrary.ts'
import type { Row } from '../../../src/backends/tfjs/node/row.ts'
import { otherLibrary } from './otherLibrary.ts'

const gpu: Row = { name: 'tfjs-node-gpu', gpu: true }
const cpu: Row = { name: 'tfjs-node', gpu: false }

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'saddle-home-'))
})

afterEach(() => rmSync(home, { recursive: true }))

/** Something where a library is looked for. */
const place = (folder: string, put: (path: string) => void): string => {
  const path = join(home, folder, 'tensorflow', 'libtensorflow_cc.so.2')
  mkdirSync(dirname(path), { recursive: true })
  put(path)
  return path
}

const nonsense = (path: string): void => writeFileSync(path, 'not a library')

const failed = (row: Row, message: string, hint: string) => ({
  _tag: 'Left',
  left: { type: 'BackendError', backend: row.name, message: expect.stringContaining(message), hint },
})

test.each([gpu, cpu])('$name without a library', (row) => {
  expect(openLibrary(koffi, row, home)).toMatchObject(
    failed(row, `libtensorflow 2.20.0 is not installed (looked in ${home})`, `saddle backends install ${row.name}`),
  )
})

test('a library that is damaged', () => {
  const path = place('tensorflow-2.20.0', nonsense)
  expect(openLibrary(koffi, gpu, home)).toMatchObject(
    failed(
      gpu,
      `loading ${path}: Failed to load shared library`,
      'saddle backends remove tfjs-node-gpu && saddle backends install tfjs-node-gpu',
    ),
  )
})

test('a library that lacks what is called', () => {
  place('tensorflow-2.20.0', (path) => cpSync(otherLibrary(), path))
  expect(openLibrary(koffi, gpu, home)).toMatchObject(
    failed(
      gpu,
      "Cannot find function 'TF_Version'",
      'saddle backends remove tfjs-node-gpu && saddle backends install tfjs-node-gpu',
    ),
  )
})

test('a library of another version', () => {
  expect(checkVersion({ TF_Version: () => '2.9.1' }, '/lib', gpu, 'replace it')).toMatchObject(
    failed(gpu, '/lib is libtensorflow 2.9.1, not 2.20.0', 'replace it'),
  )
  const right = { TF_Version: () => '2.20.0' }
  expect(checkVersion(right, '/lib', gpu, 'replace it')).toEqual({ _tag: 'Right', right })
})

test('on the CPU the smaller library goes first, and the larger one will do', () => {
  const larger = place('tensorflow-2.20.0', nonsense)
  expect(openLibrary(koffi, cpu, home)).toMatchObject({ left: { message: expect.stringContaining(larger) } })
  const smaller = place('tensorflow-cpu-2.20.0', nonsense)
  expect(openLibrary(koffi, cpu, home)).toMatchObject({ left: { message: expect.stringContaining(smaller) } })
  expect(openLibrary(koffi, gpu, home)).toMatchObject({ left: { message: expect.stringContaining(larger) } })
})

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as O from '#fp-ts/Option'
import { compiledBinding } from '../../../src/backends/tfjs/node/compiledBinding.ts'
import { otherLibrary } from './otherLibrary.ts'

const row = { name: 'tfjs-node', gpu: false } as const

let folder: string
let binding: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saddle-package-'))
  binding = join(folder, 'lib', 'napi-v8', 'tfjs_binding.node')
  mkdirSync(dirname(binding), { recursive: true })
})

afterEach(() => rmSync(folder, { recursive: true }))

test('upstream’s binding is taken where it is there and loads', () => {
  cpSync(otherLibrary(), binding)
  expect(O.isSome(compiledBinding(row, () => folder))).toBe(true)
})

test('where it does not load, it is as if it were not there', () => {
  writeFileSync(binding, 'not a library')
  expect(compiledBinding(row, () => folder)).toEqual(O.none)
})

test('nor is it there where upstream’s installation did not run, or the package is missing', () => {
  expect(compiledBinding(row, () => folder)).toEqual(O.none)
  expect(
    compiledBinding(row, () => {
      throw new Error('Cannot find module')
    }),
  ).toEqual(O.none)
})

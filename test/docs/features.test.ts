import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { features } from '../../scripts/reference/features.ts'
import { publicNames, root } from '../../scripts/reference/publicNames.ts'
import * as layers from '../../src/dsl/layers/definitions.ts'
import * as sources from '../../src/dsl/sources/definitions.ts'
import * as dynamics from '../../src/dynamics/definitions.ts'
import * as optimizers from '../../src/optimizers/definitions.ts'

const page = features(publicNames())

it('docs/features.md lists what the tables of kinds have: if you meant the change, run `npm run features` and commit the file', () => {
  expect(page).toBe(readFileSync(`${root}docs/features.md`, 'utf8'))
})

const kinds = [layers, sources, dynamics, optimizers]

/** Kinds that a user reaches by another name. */
const reachedBy: { readonly [kind: string]: string } = {
  add: 'addOutputs',
  custom: 'optimizer',
  globalPool: 'globalAveragePool',
  multiply: 'multiplyOutputs',
  pool: 'averagePool',
}

it('and every kind of a table is on it', () => {
  const missing = kinds
    .flatMap((table) => Object.keys(table))
    .filter((kind) => !page.includes(`| \`${reachedBy[kind] ?? kind}\` |`))
  expect(missing).toEqual([])
})

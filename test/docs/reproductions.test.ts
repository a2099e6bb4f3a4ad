import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withTables } from '../../scripts/reproductions/tables.ts'
import { protocols } from '../../src/reproduction/protocols.ts'
import { root } from '../types/tsc.ts'

const page = readFileSync(`${root}/docs/reproductions.md`, 'utf8')

it('the page of reproductions shows what the kept results say, and all of them', () => {
  expect(withTables(page, `${root}/docs/reproductions`)).toBe(page)
  for (const file of readdirSync(`${root}/docs/reproductions`)) expect(page).toContain(`<!-- ${file.split('.')[0]} -->`)
  for (const { name } of protocols) expect(page).toContain(`<!-- ${name} -->`)
})

import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { protocols } from '../../src/reproductions/protocols.ts'
import { root } from '../types/tsc.ts'
import { withTables } from './reproductionTables.ts'

const path = `${root}/docs/reproductions.md`
const page = readFileSync(path, 'utf8')
const folder = `${root}/docs/reproductions`

it('the page of reproductions shows what the kept results say (vitest -u writes its tables anew)', async () => {
  await expect(withTables(page, folder)).toMatchFileSnapshot(path)
})

it('and all of them', () => {
  const kept = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
  for (const name of [...kept, ...protocols.map((protocol) => protocol.name)])
    expect(page).toContain(`<!-- ${name} -->`)
})

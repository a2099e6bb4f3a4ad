/** Writes the tables of docs/reproductions.md from the results in docs/reproductions. */
import { readFileSync, writeFileSync } from 'node:fs'
import { withTables } from './reproductions/tables.ts'

const page = 'docs/reproductions.md'
writeFileSync(page, withTables(readFileSync(page, 'utf8'), 'docs/reproductions'))

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from '#fp-ts/Either'
import { showError } from '../../src/errors/failure.ts'
import { protocols } from '../../src/reproductions/protocols.ts'
import { showTable } from '../../src/reproductions/showReproduction.ts'
import { decodeResults } from '../../src/reproductions/trial.ts'

/** A page whose every `<!-- NAME -->` is followed by the table of the folder's NAME.json, up to `<!-- end -->`. */
export const withTables = (page: string, folder: string): string =>
  page.replace(/<!-- ([a-z-]+) -->\n[\s\S]*?<!-- end -->/g, (_, name: string) =>
    [`<!-- ${name} -->`, tableOf(name, folder), '<!-- end -->'].join('\n'),
  )

const tableOf = (name: string, folder: string): string => {
  const path = join(folder, `${name}.json`)
  const protocol = protocols.find((each) => each.name === name)
  if (protocol === undefined) throw new Error(`there is no protocol ${name}`)
  if (!existsSync(path)) return '\nNot measured yet.\n'
  const results = decodeResults(path, readFileSync(path, 'utf8'))
  if (E.isLeft(results)) throw new Error(showError(results.left))
  return `\n${showTable(protocol, results.right.trials)}`
}

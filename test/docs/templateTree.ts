import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../types/tsc.ts'

/** A fenced block whose first line names the file that its other lines are for. */
interface Block {
  readonly path: string
  /** Where in the file rows go; absent for whole files, and where the rows themselves say it. */
  readonly at?: string
  readonly lines: readonly string[]
}

/** What a page `docs/adding-*.md` asks its reader to do. */
export interface Template {
  /** `// src/PATH.ts`: whole files. */
  readonly files: readonly Block[]
  /** `// in src/PATH.ts`, perhaps with `, in NAME`: lines to add to a file that exists. */
  readonly rows: readonly Block[]
  /** `// NAME.ts`: specs that use the new kind. */
  readonly specs: readonly Block[]
}

const header = /^\/\/ (in )?([\w./-]+\.ts)(?:, (?:in |with )(?:the union |the )?(\w+))?$/

/** Whether a fenced block belongs to a template. */
export const isTemplate = (code: string): boolean => header.test(code.slice(0, code.indexOf('\n')))

export const templateOf = (page: string): Template => {
  const text = readFileSync(`${root}/${page}`, 'utf8')
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].flatMap(([, code = '']) => {
    const [first = '', ...lines] = code.trimEnd().split('\n')
    const [, isRow, path, at] = header.exec(first) ?? []
    return path === undefined ? [] : [{ path, lines, isRow: isRow !== undefined, ...(at && { at }) }]
  })
  return {
    files: blocks.filter(({ path, isRow }) => path.startsWith('src/') && !isRow),
    rows: blocks.filter(({ isRow }) => isRow),
    specs: blocks.filter(({ path }) => !path.startsWith('src/')),
  }
}

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? ''

/** The end of the list, record or union that is declared under a name. */
const endOf = (lines: readonly string[], name: string): number => {
  const start = lines.findIndex((line) => new RegExp(`(const|type) ${name}\\b`).test(line))
  const after = lines.slice(start + 1).findIndex((line) => !/^( {2}|$)/.test(line))
  if (start < 0 || after < 0) throw new Error(`nothing is declared as ${name}`)
  const end = start + 1 + after
  return lines[end - 1] === '' ? end - 1 : end
}

/** Behind the last line of a table: one of the same indentation that ends as a row does. */
const endOfTable = (lines: readonly string[], row: string): number => {
  const last = lines.findLastIndex((line) => line.endsWith(',') && indentOf(line) === indentOf(row))
  if (last < 0) throw new Error(`there is no table for the row:\n${row}`)
  return last + 1
}

/** A file's text with a block's lines in their place: imports at the top, declarations at the end, rows in their table. */
const withBlock = (text: string, { lines: added, at }: Block): string => {
  const isImport = (line: string): boolean => line.startsWith('import ')
  const [imports, rest] = [added.filter(isImport), added.filter((line) => !isImport(line))]
  const lines = text.trimEnd().split('\n')
  const [first] = rest
  const place = (row: string): number => {
    if (at !== undefined) return endOf(lines, at)
    return indentOf(row) === '' ? lines.length : endOfTable(lines, row)
  }
  const body = first === undefined ? lines : lines.toSpliced(place(first), 0, ...rest)
  return `${[...imports, ...body].join('\n')}\n`
}

/** A copy of the tree with every template's files and rows in their places. */
export const treeWith = (templates: readonly Template[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'saddlepoint-templates-'))
  for (const path of ['src', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(`${root}/${path}`, join(folder, path), { recursive: true })
  symlinkSync(`${root}/node_modules`, join(folder, 'node_modules'))
  for (const { files, rows, specs } of templates) {
    for (const { path, lines } of [...files, ...specs]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), `${lines.join('\n')}\n`)
    }
    for (const block of rows)
      writeFileSync(join(folder, block.path), withBlock(readFileSync(join(folder, block.path), 'utf8'), block))
  }
  const options = { extends: './tsconfig.json', include: ['*.ts'], exclude: [] }
  writeFileSync(join(folder, 'tsconfig.specs.json'), JSON.stringify(options))
  return folder
}

export interface Ran {
  readonly status: number | null
  readonly output: string
}

/** What a command prints in that tree, and how it ends. */
export const runIn = (folder: string, command: string, ...args: readonly string[]): Ran => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
  return { status, output: `${stdout}${stderr}` }
}

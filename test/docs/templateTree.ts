import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../types/tsc.ts'

/** What a page `docs/adding-*.md` asks its reader to do, as its fenced blocks say it. */
export interface Template {
  /** Blocks that begin with `// src/...`: whole files, by path. */
  readonly files: readonly Block[]
  /** Blocks that begin with `// in src/...`: lines to add to a file that exists. */
  readonly rows: readonly Block[]
  /** Blocks that begin with `// NAME.ts`: specs that use the new kind. */
  readonly specs: readonly Block[]
}

export interface Block {
  readonly path: string
  readonly lines: readonly string[]
}

const header = /^\/\/ (in )?([\w./-]+\.ts)$/

/** Whether a fenced block belongs to a template: its first line names a file. */
export const isTemplate = (code: string): boolean => header.test(code.slice(0, code.indexOf('\n')))

export const templateOf = (page: string): Template => {
  const text = readFileSync(`${root}/${page}`, 'utf8')
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].flatMap(([, code = '']) => {
    const [first = '', ...lines] = code.trimEnd().split('\n')
    const found = header.exec(first)
    return found === null ? [] : [{ path: found[2] ?? '', lines, isRow: found[1] !== undefined }]
  })
  const isFile = ({ path }: Block): boolean => path.startsWith('src/')
  return {
    files: blocks.filter((block) => isFile(block) && !block.isRow),
    rows: blocks.filter((block) => block.isRow),
    specs: blocks.filter((block) => !isFile(block)),
  }
}

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? ''

/** A row goes behind the last row of the last table of its kind: same indentation, and the same beginning or end. */
const isLike = (row: string, line: string): boolean =>
  line.trim() !== '' &&
  indentOf(line) === indentOf(row) &&
  (row.trim().startsWith('| ') ? line.trim().startsWith('| ') : line.endsWith(',') && row.endsWith(','))

/** A file's text with lines added: imports at the top, exports at the end, a row at the end of its table. */
export const withRows = (text: string, rows: readonly string[]): string =>
  rows.reduce((lines, row) => {
    if (row.trim() === '') return lines
    if (row.startsWith('import ')) return [row, ...lines]
    if (row.startsWith('export ')) return [...lines, row]
    const last = lines.findLastIndex((line) => isLike(row, line))
    if (last < 0) throw new Error(`there is no table for the row:\n${row}`)
    return lines.toSpliced(last + 1, 0, row)
  }, text.trimEnd().split('\n') as readonly string[]).join('\n') + '\n'

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
    for (const { path, lines } of rows)
      writeFileSync(join(folder, path), withRows(readFileSync(join(folder, path), 'utf8'), lines))
  }
  return folder
}

/** What a command says in that tree, and how it ends. */
export const runIn = (folder: string, command: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, JITI_FS_CACHE: 'false' },
  })
  return { status, output: `${stdout}${stderr}` }
}

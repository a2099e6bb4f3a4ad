import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as t from '#io-ts'

const mebibyte = 2 ** 20

/** Bytes of a file or of all files in a folder; links count for nothing. */
const bytes = (path: string, leaveOut: readonly string[] = []): number => {
  const entry = lstatSync(path)
  if (!entry.isDirectory()) return entry.isFile() ? entry.size : 0
  return readdirSync(path)
    .filter((name) => !leaveOut.includes(name))
    .reduce((sum, name) => sum + bytes(join(path, name)), 0)
}

/** MiB of a folder; NaN where there is none. */
export const installedTree = (path: string): number => (existsSync(path) ? bytes(path) / mebibyte : Number.NaN)

const names = t.record(t.string, t.string)
const manifest = t.partial({ dependencies: names, optionalDependencies: names, files: t.array(t.string) })

const readManifest = (folder: string): t.TypeOf<typeof manifest> => {
  const read = manifest.decode(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  return read._tag === 'Right' ? read.right : {}
}

/** MiB of packages with all that they depend on, as a user would have them; `.` is this package as it is published. */
export const installedPackages = (root: string, packages: readonly string[]): number => {
  const folders = new Set<string>()
  const visit = (name: string, from: string): void => {
    const folder = name === '.' ? root : find(name, from, root)
    if (folder === undefined || folders.has(folder)) return
    folders.add(folder)
    const { dependencies = {}, optionalDependencies = {} } = readManifest(folder)
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, folder)
  }
  for (const name of packages) visit(name, root)
  const size = (folder: string): number =>
    folder === root
      ? (readManifest(root).files ?? []).reduce((sum, file) => sum + bytes(join(root, file)), 0)
      : bytes(folder, ['node_modules'])
  return [...folders].reduce((sum, folder) => sum + size(folder), 0) / mebibyte
}

/** Where Node finds a package from a folder within `root`. */
const find = (name: string, from: string, root: string): string | undefined => {
  const folder = join(from, 'node_modules', name)
  if (existsSync(folder)) return folder
  return join(from) === join(root) ? undefined : find(name, join(from, '..'), root)
}

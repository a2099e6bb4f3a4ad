import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const needed = ['fp-ts', 'io-ts', 'pbf', 'onnxruntime-web']
const optional = ['@tensorflow']

/** A user's folder, in which the built package is installed. */
export interface Project {
  readonly folder: string
  readonly remove: () => Promise<void>
}

/** A project with a page that is a module of these tests, whose imports are only `saddlepoint` and its neighbours. */
export const createProject = async ({ libraries }: { readonly libraries: boolean }): Promise<Project> => {
  const folder = await mkdtemp(join(tmpdir(), 'saddle-browser-'))
  const package_ = join(folder, 'node_modules/saddlepoint')
  await mkdir(package_, { recursive: true })
  await cp(join(root, 'dist'), join(package_, 'dist'), { recursive: true })
  await cp(join(root, 'package.json'), join(package_, 'package.json'))
  for (const name of [...needed, ...(libraries ? optional : [])]) {
    const link = join(folder, 'node_modules', name)
    await mkdir(dirname(link), { recursive: true })
    await symlink(join(root, 'node_modules', name), link)
  }
  for (const name of ['games.ts', 'ringWith.ts', 'play.ts', 'samples.ts', 'page.ts', 'entries'])
    await cp(fileURLToPath(new URL(name, import.meta.url)), join(folder, name), { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="./page.js"></script>')
  return { folder, remove: () => rm(folder, { recursive: true }) }
}

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as O from '#fp-ts/Option'
import type { Binding } from './binding.ts'
import type { Row } from './row.ts'

/** Where upstream's own installation puts it, for the binary interface that every Node from 12 on has. */
const place = join('lib', 'napi-v8', 'tfjs_binding.node')

const require = createRequire(import.meta.url)

const installedPackage = ({ name }: Row): string => dirname(require.resolve(`@tensorflow/${name}/package.json`))

/**
 * The binding that upstream's installation compiled or downloaded, with a libtensorflow of its own. None where the package
 * was installed without it, or where it does not load: its libtensorflow may be gone, or ask for more than the system has.
 */
export const compiledBinding = (row: Row, packageFolder = installedPackage): O.Option<Binding> =>
  O.tryCatch((): Binding => {
    const path = join(packageFolder(row), place)
    if (!existsSync(path)) throw new Error(`there is no ${path}`)
    return require(path)
  })

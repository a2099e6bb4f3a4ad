import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as TE from '#fp-ts/TaskEither'

const cache = fileURLToPath(new URL('../../../node_modules/.cache/saddlepoint', import.meta.url))

const platform = process.platform === 'win32' ? 'win' : process.platform

/** npm's `node` has a package for each platform, which is Node and nothing else. */
const parcel = `node-${platform}-${process.arch}`

const inFolder = (folder: string): string =>
  join(folder, 'node_modules', parcel, 'bin', platform === 'win' ? 'node.exe' : 'node')

const npm = ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error']

/** The path of the newest Node of a major version, which npm fetches the first time; left is why it can't. */
export const fetchNode = (major: number): TE.TaskEither<string, string> =>
  TE.tryCatch(
    async () => {
      const folder = join(cache, `node-${major}`)
      if (existsSync(folder)) return inFolder(folder)
      await mkdir(dirname(folder), { recursive: true })
      const whole = await mkdtemp(`${folder}-`)
      await promisify(execFile)('npm', [...npm, '--prefix', whole, `${parcel}@${major}`], { cwd: whole })
      await rename(whole, folder).catch(() => rm(whole, { recursive: true }))
      return inFolder(folder)
    },
    (cause) => `npm could not install ${parcel}@${major}: ${String(cause)}`,
  )

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type ProgramFailed, programFailed } from '../../errors/programFailed.ts'
import type { Wheel } from './library.ts'
import { downloadWheel } from './python.ts'

const sha256Of = async (path: string, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash, { signal })
  return hash.digest('hex')
}

const isWhole = async (path: string, { sha256 }: Wheel, signal: AbortSignal): Promise<boolean> => {
  try {
    return (await sha256Of(path, signal)) === sha256
  } catch {
    return false
  }
}

export const wheelPath = (downloads: string, { name, version }: Wheel): string =>
  join(downloads, `${name}-${version}.whl`)

/** Moves pip's download to our file name. */
const keepWheel = async (folder: string, path: string): Promise<void> => {
  const found = (await readdir(folder)).find((name) => name.endsWith('.whl'))
  if (found === undefined) throw new Error('pip brought no wheel')
  await rename(join(folder, found), path)
  await rm(folder, { recursive: true })
}

/** Downloads a wheel, through a temporary folder. Does not fetch an existing one again. */
export const fetchWheel = (
  python: string,
  wheel: Wheel,
  downloads: string,
  temporary: string,
  signal: AbortSignal,
): TE.TaskEither<ProgramFailed, void> => {
  const path = wheelPath(downloads, wheel)
  const folder = join(temporary, 'wheel')
  return pipe(
    TE.fromTask(() => isWhole(path, wheel, signal)),
    TE.flatMap((whole) =>
      whole
        ? TE.right(undefined)
        : pipe(
            TE.tryCatch(() => mkdir(folder), programFailed),
            TE.flatMap(() => downloadWheel(python, wheel, folder, signal)),
            TE.flatMap(() => TE.tryCatch(() => keepWheel(folder, path), programFailed)),
          ),
    ),
  )
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type * as Koffi from 'koffi'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { BackendError } from '../../../errors/backendError.ts'
import { messageOf } from '../../core/error.ts'
import { librariesHome } from '../../libraries/home.ts'
import { type Library, partFolder } from '../../libraries/library.ts'
import { tensorflow, tensorflowCpu, tensorflowVersion } from '../../libraries/libtensorflow.ts'
import { type Api, declareApi } from './api.ts'
import { type Row, rowError } from './row.ts'

/** The libraries that serve a row, the best one first: on the CPU both do, and the smaller one is made for it. */
const candidates = ({ gpu }: Row): readonly Library[] => (gpu ? [tensorflow] : [tensorflowCpu, tensorflow])

const installCommand = ({ name }: Row): string => `saddle backends install ${name}`

const replaceCommand = (row: Row, { name }: Library): string =>
  `saddle backends remove ${name} && ${installCommand(row)}`

const find = (row: Row, home: string): E.Either<BackendError, readonly [Library, string]> => {
  const found = candidates(row).find((library) => existsSync(partFolder(home, library, library.main)))
  return found === undefined
    ? E.left(
        rowError(row, `libtensorflow ${tensorflowVersion} is not installed (looked in ${home})`, installCommand(row)),
      )
    : E.right([found, join(partFolder(home, found, found.main), 'libtensorflow_cc.so.2')])
}

/** Another version may have other ops, or none of what the tests know. */
export const checkVersion = <A extends Pick<Api, 'TF_Version'>>(
  api: A,
  path: string,
  row: Row,
  hint: string,
): E.Either<BackendError, A> => {
  const version = api.TF_Version()
  return version === tensorflowVersion
    ? E.right(api)
    : E.left(rowError(row, `${path} is libtensorflow ${version}, not ${tensorflowVersion}`, hint))
}

/** libtensorflow's functions for a row: out of what `saddle backends install` brought. */
export const openLibrary = (
  koffi: Pick<typeof Koffi, 'load'>,
  row: Row,
  home: string = librariesHome(),
): E.Either<BackendError, Api> =>
  pipe(
    find(row, home),
    E.flatMap(([library, path]) => {
      const replace = replaceCommand(row, library)
      return pipe(
        E.tryCatch(
          () => {
            const loaded = koffi.load(path)
            return declareApi((prototype) => loaded.func(prototype))
          },
          (cause) => rowError(row, `loading ${path}: ${messageOf(cause)}`, replace),
        ),
        E.flatMap((api) => checkVersion(api, path, row, replace)),
      )
    }),
  )

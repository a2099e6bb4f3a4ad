import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { TrainError } from '../errors/failure.ts'
import type { GameSpec } from '../spec/spec.ts'
import { shellWord } from './shellWord.ts'

/** If a data file is missing, adds the `--set` that gives its new path. Relative paths start at the folder. */
export const hintMoved =
  (game: GameSpec, folder: string) =>
  (error: TrainError): TrainError => {
    if (error.type !== 'DataError' || error.place.type !== 'file' || existsSync(error.place.path)) return error
    const { path } = error.place
    const field = fieldOf(game, folder, path)
    if (field === undefined) return error
    const setting = `${field}=${join('/NEW/FOLDER', basename(path))}`
    return { ...error, hint: `${error.hint} If you moved it, add --set ${shellWord(setting)}` }
  }

/** The field of the spec that names the file: `sources.data.path`. */
const fieldOf = ({ sources }: GameSpec, folder: string, path: string): string | undefined =>
  Object.entries(sources)
    .flatMap(([source, fields]) =>
      Object.entries(fields).map(([name, value]: readonly [string, unknown]) => ({
        name: `sources.${source}.${name}`,
        value,
      })),
    )
    .find(({ value }) => typeof value === 'string' && resolve(folder, value) === path)?.name

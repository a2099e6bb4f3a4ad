import { join } from 'node:path'

/** A file of the Python package index, pinned. */
export interface Wheel {
  readonly name: string
  readonly version: string
  readonly sha256: string
  /** Bytes to download. */
  readonly size: number
}

/** A folder of a library: there whole, or not there. */
export interface Part {
  readonly folder: string
  readonly wheels: readonly Wheel[]
  /** A regular expression, for Python: which files of the wheels are kept, under their own paths. */
  readonly keep: string
  /** Bytes on the disk. */
  readonly size: number
}

/** A library that is fetched on demand. */
export interface Titled {
  /** The backend that it is for. */
  readonly name: string
  readonly title: string
  readonly version: string
}

/** One out of wheels, beside what can be added to it. */
export interface Library extends Titled {
  readonly main: Part
  readonly cuda?: Part
}

/** The version is part of it, so that another release does not take it for its own. */
export const libraryFolder = (home: string, { title, version }: Titled): string => join(home, `${title}-${version}`)

/** Whether a folder in the home of libraries is that of some version of a library. */
export const isVersionOf = ({ title }: Titled, folder: string): boolean =>
  folder.startsWith(`${title}-`) && /^\d/.test(folder.slice(title.length + 1))

export const partFolder = (home: string, library: Library, part: Part): string =>
  join(libraryFolder(home, library), part.folder)

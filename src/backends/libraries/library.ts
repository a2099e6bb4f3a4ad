import { join } from 'node:path'

/** A pinned file of the Python package index. */
export interface Wheel {
  readonly name: string
  readonly version: string
  readonly sha256: string
  /** The size of the download in bytes. */
  readonly size: number
}

/** A part of a library: a folder that is installed whole or not at all. */
export interface Part {
  readonly folder: string
  readonly wheels: readonly Wheel[]
  /** A Python regular expression for the files of the wheels to keep, under their own paths. */
  readonly keep: string
  /** The size on the disk in bytes. */
  readonly size: number
}

/** A library that is installed on demand from wheels. */
export interface Titled {
  /** The backend that needs it. */
  readonly name: string
  readonly title: string
  readonly version: string
}

/** The library's wheels, and optional additions. */
export interface Library extends Titled {
  readonly main: Part
  readonly cuda?: Part
}

/** The folder's name contains the version, so that another release does not use it. */
export const libraryFolder = (home: string, { title, version }: Titled): string => join(home, `${title}-${version}`)

/** Whether a folder belongs to some version of a library. */
export const isVersionOf = ({ title }: Titled, folder: string): boolean =>
  folder.startsWith(`${title}-`) && /^\d/.test(folder.slice(title.length + 1))

export const partFolder = (home: string, library: Library, part: Part): string =>
  join(libraryFolder(home, library), part.folder)

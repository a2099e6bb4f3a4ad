import { resolve } from 'node:path'
import type { FilePlace } from '../errors/place.ts'

/**
 * The line of a spec's file that an error came from, shown as `game.ts:12`, which editors and terminals can open. Only the file if the
 * stack has no such line. The loader preserves lines, but not columns.
 */
export const specLine = (path: string, error: Error): FilePlace => {
  const file = resolve(path)
  const frame = (error.stack ?? '').split('\n').find((line) => line.includes(`${file}:`))
  const at = frame?.slice(frame.indexOf(`${file}:`) + file.length).match(/^:(\d+)/)?.[1]
  return { type: 'file', path, ...(at !== undefined && { line: Number(at) }) }
}

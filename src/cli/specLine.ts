import { resolve } from 'node:path'
import type { FilePlace } from '../errors/place.ts'

/**
 * The line of a spec's file from which an error came, which is shown as `game.ts:12`, so that editors and terminals open it;
 * the file alone where the stack does not lead there. The loader keeps lines as they are, but not columns.
 */
export const specLine = (path: string, error: Error): FilePlace => {
  const file = resolve(path)
  const frame = (error.stack ?? '').split('\n').find((line) => line.includes(`${file}:`))
  const at = frame?.slice(frame.indexOf(`${file}:`) + file.length).match(/^:(\d+)/)?.[1]
  return { type: 'file', path, ...(at !== undefined && { line: Number(at) }) }
}

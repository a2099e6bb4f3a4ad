import { resolve } from 'node:path'

/**
 * The line of a spec's file from which an error came, as `game.ts:12`, which editors and terminals open; the path alone
 * where the stack does not lead there. The loader keeps lines as they are, but not columns.
 */
export const specLine = (path: string, error: Error): string => {
  const file = resolve(path)
  const frame = (error.stack ?? '').split('\n').find((line) => line.includes(`${file}:`))
  const at = frame?.slice(frame.indexOf(`${file}:`) + file.length).match(/^:\d+/)
  return `${path}${at?.[0] ?? ''}`
}

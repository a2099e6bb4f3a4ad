import { type Program, size } from '../ir/program.ts'

/** How many steps went to the backend at once, and how long they took. */
export interface Chunk {
  readonly planned: number
  readonly steps: number
  readonly seconds: number
}

/** In seconds. Chunks should end within 0.2 s, so that progress and Ctrl-C stay prompt. The target leaves room for slower steps. */
const target = 0.15

/** The largest growth factor of a chunk. The first chunk is slower than later ones, and the machine may be busy. */
const growth = 4

/** The number of steps of the next chunk, at most `most`: as many as fit the target time; one at first. */
export const nextChunk = (last: Chunk | undefined, most: number): number => {
  if (last === undefined) return 1
  const fitting = (last.steps * target) / Math.max(last.seconds, 1e-6)
  return Math.max(1, Math.floor(Math.min(fitting, growth * last.planned, most)))
}

/** The most bytes for the draws of one chunk. */
const drawBytes = 64 * 2 ** 20

/** The most steps whose draws fit into that memory; at least one. */
export const mostSteps = ({ draws }: Program): number => {
  const bytes = Object.values(draws).reduce((sum, { shape }) => sum + 4 * size(shape), 0)
  return bytes === 0 ? Number.MAX_SAFE_INTEGER : Math.max(1, Math.floor(drawBytes / bytes))
}

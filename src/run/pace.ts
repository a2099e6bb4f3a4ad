import { type Program, size } from '../ir/program.ts'

/** How many steps go to the backend at once, and how long they took. */
export interface Chunk {
  readonly planned: number
  readonly steps: number
  readonly seconds: number
}

/** A chunk ends within 0.2 s, so that progress and Ctrl-C stay prompt; steps that come a little slower are allowed for. */
const target = 0.15

/** A first chunk is slower than those that follow, and a machine may be busy: so growth is quick, and bounded. */
const growth = 4

/** How many steps the next chunk should have, of at most `most`: as many as fit the time; one at first. */
export const nextChunk = (last: Chunk | undefined, most: number): number => {
  if (last === undefined) return 1
  const fitting = (last.steps * target) / Math.max(last.seconds, 1e-6)
  return Math.max(1, Math.floor(Math.min(fitting, growth * last.planned, most)))
}

/** Bytes that the draws of one chunk may take. */
const drawBytes = 64 * 2 ** 20

/** The most steps whose draws fit the memory that they are given; at least one. */
export const mostSteps = ({ draws }: Program): number => {
  const bytes = Object.values(draws).reduce((sum, { shape }) => sum + 4 * size(shape), 0)
  return bytes === 0 ? Number.MAX_SAFE_INTEGER : Math.max(1, Math.floor(drawBytes / bytes))
}

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect } from 'vitest'
import * as E from '#fp-ts/Either'
import mnist from '../../examples/mnist.ts'
import textbook from '../../examples/textbook.ts'
import { inspectionOf } from '../../src/cli/inspection.ts'
import { showInspection } from '../../src/cli/show/showInspection.ts'
import { compile } from '../../src/compile/compile.ts'
import { openFiles } from '../../src/data/openFiles.ts'
import { showError } from '../../src/errors/failure.ts'
import {
  adamW,
  batchNorm,
  dense,
  dropout,
  gan,
  input,
  layerNorm,
  leakyRelu,
  losses,
  momentum,
  penalties,
  pipe,
  spiral,
  tanh,
  uniform,
} from '../../src/index.ts'
import { encodeNpy } from '../../src/io/formats/npy.ts'
import { footprint } from '../../src/run/footprint.ts'
import { initialState } from '../../src/run/initialState.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { train } from '../../src/run/train.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { decodeCheckpoint, encodeCheckpoint } from '../../src/storage/checkpoint.ts'
import { right } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'
import { mutatedBytes, mutatedJson } from './mutate.ts'

/** With a gradient of a gradient, dropout, memory of batches, labels, and a loss of its own. */
const rich: GameSpec = gan({
  generator: pipe(input([3]), dense(6), batchNorm, tanh, dropout(0.2), dense(2)),
  discriminator: pipe(input([2]), dense(6), leakyRelu(0.2), layerNorm, dense(1)),
  latent: uniform([3], { low: -1, high: 1 }),
  data: spiral({ arms: 3, turns: 1, noise: 0.1 }),
  loss: losses.wasserstein,
  penalties: [penalties.gradientPenalty({ weight: 10 })],
  optimizers: { generator: momentum({ lr: 0.01, momentum: 0.9 }), discriminator: adamW({ lr: 0.01 }) },
  batch: 4,
  steps: 3,
  seed: 1,
})

const games: readonly unknown[] = [smallRing, mnist, textbook, rich].map(encode)

export const specs = mutatedJson(games)

/** Milliseconds for one input, on a machine that does much else. */
const longest = 20_000

const timed = async <A>(what: string, body: () => Promise<A> | A): Promise<A> => {
  const start = performance.now()
  const result = await body()
  expect(performance.now() - start, `too slow: ${what.slice(0, 2000)}`).toBeLessThan(longest)
  return result
}

/** Nothing that a stranger sends leaves a trace in what all objects inherit. */
const checkClean = (): void => {
  for (const name in {}) throw new Error(`Object.prototype has ${name}`)
  expect(Reflect.has(globalThis, 'evil')).toBe(false)
}

export interface Fates {
  refused: number
  compiled: number
  trained: number
  diverged: number
}

/** Steps of games this small are played. */
const mostBytes = 4e6

/** What becomes of a spec: a typed error at some stage, or a game that is inspected and plays two steps. */
export const meetSpec = (json: string, fates: Fates): Promise<void> =>
  timed(json, async () => {
    const game = decode(JSON.parse(json))
    const compiled = pipe(game, E.flatMap(compile))
    if (E.isLeft(compiled)) {
      fates.refused++
      expect(showError(compiled.left)).not.toBe('')
    } else {
      fates.compiled++
      showInspection(inspectionOf(compiled.right), 'text')
      JSON.stringify(inspectionOf(compiled.right))
      if (footprint(compiled.right).bytes <= mostBytes) {
        const trained = await train({ ...compiled.right.game, steps: 2 }, { backend: 'reference' })()
        if (E.isRight(trained)) fates.trained++
        else if (trained.left.type === 'Diverged') fates.diverged++
        else expect(showError(trained.left)).not.toBe('')
      }
    }
    checkClean()
  })

const small = (() => {
  const { state } = right(compile(smallRing))
  return encodeCheckpoint({ step: 7, spec: 'ab', state: initialState(state, 1, createRandom()) })
})()

export const checkpoints = mutatedBytes([small])

/** A checkpoint that is not what was written is refused, in words. */
export const meetCheckpoint = (bytes: Uint8Array): void => {
  const result = decodeCheckpoint(bytes)
  if (E.isRight(result)) expect(Buffer.compare(bytes, small)).toBe(0)
  else expect(result.left.message).not.toBe('')
}

const idx = Uint8Array.of(
  0,
  0,
  8,
  3,
  0,
  0,
  0,
  4,
  0,
  0,
  0,
  2,
  0,
  0,
  0,
  2,
  ...Array.from({ length: 16 }, (_, i) => 16 * i),
)
const npy = encodeNpy(
  [4, 2, 2],
  Float32Array.from({ length: 16 }, (_, i) => i / 16),
)
const csv = new TextEncoder().encode('a,b,"c",d\n1,2,3,4\r\n-1e3,"2",.5,4.\n\n5,6,7,8\n1,1,1,1\n')

export const dataFiles = fc.oneof(
  ...[
    { type: 'idx', bytes: idx },
    { type: 'npy', bytes: npy },
    { type: 'csv', bytes: csv },
  ].map(({ type, bytes }) => mutatedBytes([bytes, gzipSync(bytes)]).map((content) => ({ type, content }))),
)

/** A data file gives finite samples of the shape that is asked for, or a typed error. */
export const meetData = async (
  folder: string,
  { type, content }: { type: string; content: Uint8Array },
): Promise<boolean> => {
  await writeFile(join(folder, 'data'), content)
  const shape = type === 'csv' ? [4] : [2, 2, 1]
  const source =
    type === 'idx'
      ? ({ type: 'idx', images: 'data', shape, range: [-1, 1] } as const)
      : type === 'npy'
        ? ({ type: 'npy', path: 'data', shape } as const)
        : ({ type: 'csv', path: 'data', shape, header: true } as const)
  const told = `${type} ${Buffer.from(content).toString('base64')}`
  const rows = await timed(told, () => openFiles(folder)(source)())
  if (E.isLeft(rows)) {
    expect(rows.left.type, told).toBe('DataError')
    return false
  }
  const { count, fields } = rows.right
  expect(fields.x?.length, told).toBe(4 * count)
  expect(fields.x?.every(Number.isFinite), told).toBe(true)
  return true
}

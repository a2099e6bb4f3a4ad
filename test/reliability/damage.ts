import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { showError } from '../../src/errors/failure.ts'
import { dense, gan, input, losses, normal, pipe, sgd } from '../../src/index.ts'
import { encodeSafetensors } from '../../src/io/formats/safetensors.ts'
import { openCheckpoint, openRun } from '../../src/storage/openRun.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, leftOf, rightOf } from '../data/files.ts'

/** So small that every byte of its checkpoint can be damaged in turn. */
const tiny = gan({
  generator: pipe(input([1]), dense(1)),
  discriminator: pipe(input([1]), dense(1)),
  latent: normal([1]),
  data: normal([1]),
  loss: losses.nonSaturating,
  optimizers: { generator: sgd({ lr: 0.1 }), discriminator: sgd({ lr: 0.1 }) },
  batch: 2,
  steps: 4,
  seed: 1,
})

const name = (step: number): string => join('checkpoints', `step-${String(step).padStart(8, '0')}.safetensors`)

/** What is said of a run whose newest checkpoint has other bytes; the one before it is still good, and is named. */
const saidOf = async (out: string, bytes: Uint8Array): Promise<string> => {
  await writeFile(join(out, name(4)), bytes)
  const run = await rightOf(openRun(out))
  const said = showError(await leftOf(openCheckpoint(run)))
  expect(said).toContain(`${join(out, name(4))}: `)
  expect(said).toContain('Go on from the one before it, of step 2: --resume-from 2')
  expect((await rightOf(openCheckpoint(run, 2))).step).toBe(2)
  return said
}

/** Flips bits of every `stride`-th byte and cuts the file there. Answers how many files were refused. */
export const damage = async (stride: number, bits: readonly number[]): Promise<number> => {
  let refused = 0
  await inFolder(async (folder) => {
    const out = join(folder, 'run')
    await rightOf(trainRun(tiny, { out, saveEvery: 2, threads: 1 }))
    const good = await readFile(join(out, name(4)))
    for (let place = 0; place < good.length; place += stride) {
      for (const bit of bits) {
        const changed = Uint8Array.from(good)
        changed[place] = (good[place] ?? 0) ^ (1 << bit)
        await saidOf(out, changed)
        refused++
      }
      expect(await saidOf(out, good.subarray(0, place))).toContain('it is damaged: ')
      refused++
    }
    await writeFile(join(out, name(4)), good)
    expect((await rightOf(resumeRun(out, { ...tiny, steps: 6 }))).step).toBe(6)
  })
  return refused
}

/** A checkpoint of a newer version, of another step and of another spec: each is refused by name. */
export const mistake = (): Promise<void> =>
  inFolder(async (folder) => {
    const [out, other] = [join(folder, 'run'), join(folder, 'other')]
    await rightOf(trainRun(tiny, { out, saveEvery: 2, threads: 1 }))
    await rightOf(trainRun({ ...tiny, batch: 3 }, { out: other, saveEvery: 2, threads: 1 }))
    const metadata = { format: 'saddlepoint 2', step: '4', spec: '', sha256: '' }
    expect(await saidOf(out, encodeSafetensors({ tensors: {}, metadata }))).toContain(
      "its format is 'saddlepoint 2', and this version reads 'saddlepoint 1'",
    )
    expect(await saidOf(out, await readFile(join(out, name(2))))).toContain('another spec or step')
    await copyFile(join(other, name(4)), join(out, name(4)))
    expect(await saidOf(out, await readFile(join(other, name(4))))).toContain('another spec or step')
  })

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectionOf } from '../../src/cli/inspection.ts'
import { showInspection } from '../../src/cli/show/showInspection.ts'
import { compile } from '../../src/compile/compile.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { sampleRun } from '../../src/storage/sampleRun.ts'
import { specHash } from '../../src/storage/specHash.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, right, rightOf } from '../data/files.ts'
import seqGan from './shared/seqGan.ts'
import sinkhorn from './shared/sinkhorn.ts'

/** Written out, the formulas of these games have more terms than a machine has bytes. */
const games = [
  { name: 'SeqGAN of 8 tokens', game: seqGan, sample: [32] },
  { name: 'Sinkhorn of 20 iterations', game: sinkhorn, sample: [2] },
]

describe.each(games)('$name', ({ game, sample }) => {
  const text = JSON.stringify(encode(game))

  it('is written in kilobytes, and read back equal', () => {
    expect(text.length).toBeLessThan(100_000)
    expect(specHash(right(decode(JSON.parse(text))))).toBe(specHash(game))
  })

  it('is shown in a page', () => {
    const shown = showInspection(inspectionOf(right(compile(game))), 'text')
    expect(shown.length).toBeLessThan(10_000)
    expect(shown).toContain('where h')
  })

  it.each(['reference', 'onnx'] as const)('trains, resumes exactly and is sampled on %s', (backend) =>
    inFolder(async (folder) => {
      const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')]
      const options = { backend, threads: 1 }
      const at = (steps: number) => ({ ...game, steps })
      const once = await rightOf(trainRun(at(8), { ...options, out: whole }))
      await rightOf(trainRun(at(3), { ...options, out: parts }))
      const resumed = await rightOf(resumeRun(parts, at(8)))
      expect(resumed.state).toEqual(once.state)
      expect(statSync(join(whole, 'spec.json')).size).toBeLessThan(100_000)
      const { samples } = await rightOf(sampleRun(whole, { count: 3 }))
      expect(samples.shape).toEqual(sample)
      expect(samples.values.length).toBe(3 * sample.reduce((product, size) => product * size, 1))
      expect(samples.values.every(Number.isFinite)).toBe(true)
    }),
  )
})

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diracGan } from '../../src/reproductions/diracGan.ts'
import { pacganRing } from '../../src/reproductions/pacgan.ts'
import { openResults } from '../../src/reproductions/resultsFile.ts'
import type { Trial } from '../../src/reproductions/trial.ts'
import { inFolder, leftOf, put, rightOf } from '../data/files.ts'

const trial = (seed: number): Trial => ({
  row: 'GAN',
  seed,
  steps: 400_000,
  spec: '',
  values: { modes: 6 + seed },
  seconds: 90,
  saddlepoint: '0',
  platform: 'linux-x64',
  backend: { name: 'onnx', version: '1', device: 'CPU' },
})

describe('openResults', () => {
  it('keeps each trial on disk, in a folder that it makes, and finds them again', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'new', 'a.json')
      const file = await rightOf(openResults(path, pacganRing))
      expect(file.trials()).toEqual([])
      expect(await readdir(folder)).toEqual([])
      for (const seed of [1, 2]) {
        await rightOf(file.keep(trial(seed)))
        expect((await rightOf(openResults(path, pacganRing))).trials()).toHaveLength(seed)
      }
      expect((await rightOf(openResults(path, pacganRing))).trials()).toEqual([trial(1), trial(2)])
      expect(await readFile(join(folder, 'new', 'a.md'), 'utf8')).toContain('7.5 ± 0.5')
    }))

  it('refuses the results of another table, and what are no results', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a.json')
      await rightOf((await rightOf(openResults(path, pacganRing))).keep(trial(1)))
      expect(await leftOf(openResults(path, diracGan))).toMatchObject({
        type: 'RunError',
        place: { type: 'file', path },
        message: 'expected results of dirac-gan, found those of pacgan-ring',
      })
      expect(await leftOf(openResults(await put(folder, 'b.json', '[]'), diracGan))).toMatchObject({ type: 'RunError' })
    }))
})

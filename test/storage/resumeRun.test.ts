import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import { openRun } from '../../src/storage/openRun.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { sampleRun } from '../../src/storage/sampleRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, leftOf, rightOf } from '../data/files.ts'
import { contents } from '../reliability/contents.ts'
import { smallRing } from '../run/ring.ts'

const begun = { ...smallRing, steps: 45 }
const longer = { ...smallRing, steps: 48 }
const options = { saveEvery: 20, threads: 1 }

/** The largest difference of two states, by the largest number of the tensor. */
const distance = (a: HostTensors, b: HostTensors): number =>
  Math.max(
    ...Object.entries(a).map(([name, { values }]) => {
      const numbers = Array.from(values)
      const most = numbers.reduce((found, x) => Math.max(found, Math.abs(x)), 1e-6)
      return Math.max(...numbers.map((x, i) => Math.abs(x - (b[name]?.values[i] ?? Number.NaN)))) / most
    }),
  )

test('a run goes on elsewhere within rounding, says so, and from a step before that exactly as it was', () =>
  inFolder(async (folder) => {
    const [whole, moved] = [join(folder, 'whole'), join(folder, 'moved')]
    await rightOf(trainRun(begun, { ...options, out: whole }))
    await rightOf(trainRun(begun, { ...options, out: moved }))
    const here = await rightOf(resumeRun(whole, longer))

    const events: TrainEvent[] = []
    const onEvent = (event: TrainEvent): void => void events.push(event)
    const elsewhere = await rightOf(resumeRun(moved, longer, { backend: 'reference', onEvent }))
    expect(distance(here.state, elsewhere.state)).toBeLessThan(1e-3)
    expect(elsewhere.state).not.toEqual(here.state)
    expect(events[0]).toMatchObject({
      type: 'started',
      step: 45,
      backend: { name: 'reference' },
      before: { backend: { name: 'onnx' }, threads: 1 },
    })
    const { info } = await rightOf(openRun(moved))
    expect(info).toMatchObject({
      backend: { name: 'reference' },
      history: [
        { from: 0, backend: { name: 'onnx' } },
        { from: 45, backend: { name: 'reference' } },
      ],
    })
    const [own, other] = [await rightOf(sampleRun(moved)), await rightOf(sampleRun(moved, { backend: 'onnx' }))]
    expect([own.step, other.step]).toEqual([48, 48])
    const off = own.samples.values.map((x, i) => Math.abs(x - (other.samples.values[i] ?? Number.NaN)))
    expect(Math.max(...off)).toBeLessThan(1e-4)

    // Where no backend is named, it is that which computed the steps in question: nothing is said, and nothing written.
    const before = await contents(moved)
    const again: TrainEvent[] = []
    await rightOf(resumeRun(moved, longer, { onEvent: (event) => void again.push(event) }))
    expect(again[0]).toMatchObject({ backend: { name: 'reference' } })
    expect(again[0]).not.toHaveProperty('before')
    expect(await contents(moved)).toEqual(before)

    await rightOf(resumeRun(moved, longer, { step: 40 }))
    expect(await contents(moved)).toEqual(await contents(whole))
  }))

test('a checkpoint that a kill kept from being removed is removed when the run is resumed, even at its end', () =>
  inFolder(async (folder) => {
    const run = join(folder, 'run')
    await rightOf(trainRun(begun, { ...options, out: run }))
    const before = await contents(run)
    const at = (step: number): string => join(run, 'checkpoints', `step-000000${step}.safetensors`)
    await copyFile(at(40), at(20))
    await rightOf(resumeRun(run, begun))
    expect(await contents(run)).toEqual(before)
  }))

test('what only rounds otherwise is refused, unless a backend is named: then it is written down', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    await rightOf(trainRun({ ...smallRing, steps: 5 }, { out, threads: 1 }))
    const path = join(out, 'run.json')
    const info = await readFile(path, 'utf8')
    const changes = [
      ['"device": "CPU', '"device": "an abacus', 'the device was an abacus'],
      ['"version": "', '"version": "0.', 'the version of onnx was 0.'],
      ['"platform": "', '"platform": "other-', 'the machine was other-'],
    ] as const
    for (const [from, to, message] of changes) {
      await writeFile(path, info.replace(from, to))
      const error = await leftOf(resumeRun(out, undefined))
      expect(error).toMatchObject({ type: 'RunError', message: expect.stringContaining(message) })
      expect(error).toMatchObject({ hint: expect.stringContaining('--backend onnx') })
      await rightOf(resumeRun(out, undefined, { backend: 'onnx' }))
      const { info: now } = await rightOf(openRun(out))
      expect(now.history?.map((stretch) => stretch.from)).toEqual([0, 5])
    }
    await writeFile(path, info)
    await rightOf(resumeRun(out, undefined, { backend: 'onnx' }))
    expect(await readFile(path, 'utf8')).toBe(info)
  }))

test('a backend that is named is no leave for another seed or another version of the language', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    const game = { ...smallRing, steps: 5 }
    await rightOf(trainRun(game, { out, threads: 1 }))
    const named = { backend: 'reference' }
    expect(await leftOf(resumeRun(out, { ...game, seed: 2 }, named))).toMatchObject({
      message: expect.stringContaining('the seed was 1, now it is 2'),
    })
    const path = join(out, 'run.json')
    await writeFile(path, (await readFile(path, 'utf8')).replace('"saddlepoint": "', '"saddlepoint": "9.'))
    expect(await leftOf(resumeRun(out, game, named))).toMatchObject({
      message: expect.stringContaining('the version of saddlepoint was 9.'),
    })
  }))

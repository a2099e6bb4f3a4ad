import { appendFile, cp, mkdir, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { showError, type TrainError } from '../../src/errors/failure.ts'
import { encodeNpy } from '../../src/io/formats/npy.ts'
import { readLog } from '../../src/io/jsonl.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, leftOf, put, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'

/** Every file of a folder, by path. */
const contents = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = files.map(async (path) => [relative(folder, path), (await readFile(path)).toString('base64')] as const)
  return new Map((await Promise.all(read)).sort())
}

/** Trains until a step is done, and is interrupted there. */
const trainUntil = async (game: GameSpec, out: string, step: number): Promise<number> => {
  const controller = new AbortController()
  const onEvent = (event: TrainEvent) => event.type === 'progress' && event.step >= step && controller.abort()
  const options = { out, saveEvery: 60, signal: controller.signal, onEvent }
  return (await rightOf(trainRun(game, options))).step
}

test('200 steps equal 100, a break, and 100 more: every file, byte for byte', () =>
  inFolder(async (folder) => {
    const [whole, broken, longer] = ['whole', 'broken', 'longer'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    await rightOf(trainRun(smallRing, { out: whole, saveEvery: 60 }))
    const expected = await contents(whole)
    expect([...expected.keys()].filter((path) => path.startsWith('checkpoints'))).toEqual([
      'checkpoints/step-00000180.safetensors',
      'checkpoints/step-00000200.safetensors',
    ])
    const at = await trainUntil(smallRing, broken, 80)
    expect(at).toBeLessThan(200)
    expect((await rightOf(resumeRun(broken, smallRing))).step).toBe(200)
    expect(await contents(broken)).toEqual(expected)
    await rightOf(trainRun({ ...smallRing, steps: 100 }, { out: longer, saveEvery: 60 }))
    await rightOf(resumeRun(longer, smallRing))
    const ended = await contents(longer)
    for (const path of expected.keys()) expect(ended.get(path), path).toBe(expected.get(path))
  }))

test('what a crash left behind the newest checkpoint is made again, the same', () =>
  inFolder(async (folder) => {
    const [whole, crashed] = [join(folder, 'whole'), join(folder, 'crashed')]
    await rightOf(trainRun({ ...smallRing, steps: 60 }, { out: whole, saveEvery: 60 }))
    await rightOf(resumeRun(whole, { ...smallRing, steps: 120 }))
    await rightOf(trainRun({ ...smallRing, steps: 60 }, { out: crashed, saveEvery: 60 }))
    await appendFile(join(crashed, 'metrics.jsonl'), '{"step":61,"costs":{}}\n{"step":62,"co')
    const temporary = `.saddle-${'0'.repeat(36)}.tmp`
    await put(join(crashed, 'checkpoints'), temporary, 'half')
    await rightOf(resumeRun(crashed, { ...smallRing, steps: 120 }))
    expect(await contents(crashed)).toEqual(await contents(whole))
    const log = await rightOf(readLog(join(crashed, 'metrics.jsonl')))
    expect(log.map(({ step }) => step)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1))
  }))

const refusal = async (folder: string, game: GameSpec | undefined, options = {}): Promise<string> =>
  showError(await leftOf(resumeRun(folder, game, options)))

test('a run is not resumed where it could not be exact; it says why and what to do', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    const game = { ...smallRing, steps: 5 }
    await rightOf(trainRun(game, { out, threads: 1 }))
    const before = await contents(out)
    expect(await refusal(out, { ...game, batch: 16 })).toContain(
      'batch was 32, now it is 16; the run has read its data',
    )
    expect(await refusal(out, { ...game, seed: 2 })).toContain('the seed was 1, now it is 2\n')
    expect(await refusal(out, game, { threads: 2 })).toContain(
      'number of threads was 1, now it is 2\n  Use --threads 1. To continue anyway, equal within rounding, add --backend onnx.',
    )
    expect(await refusal(out, game, { step: 3 })).toContain(
      'there is no checkpoint of step 3\n  It has checkpoints of steps 5, 0.',
    )
    expect(await refusal(out, { ...game, steps: 4 })).toContain('the run is at step 5, but the game has only 4 steps')
    expect(await refusal(join(folder, 'none'), game)).toContain('run.json: there is no such file')
    expect(await contents(out)).toEqual(before)
    const info = await readFile(join(out, 'run.json'), 'utf8')
    await writeFile(join(out, 'run.json'), info.replace('"saddlepoint": "', '"saddlepoint": "9.'))
    expect(await refusal(out, game)).toContain('the version of saddlepoint was 9.')
    await writeFile(join(out, 'run.json'), info.replace('"format": 1', '"format": 2'))
    expect(await refusal(out, game)).toContain('format: expected 1, found 2')
    await writeFile(join(out, 'run.json'), info.slice(0, 100))
    expect(await refusal(out, game)).toContain('run.json: ')
    await writeFile(join(out, 'run.json'), info)
    const spec = await readFile(join(out, 'spec.json'), 'utf8')
    await writeFile(join(out, 'spec.json'), spec.replace('"batch": 32', '"batch": 16'))
    expect(await refusal(out, undefined)).toContain('spec.json: it is not the spec of this run')
  }))

test('a damaged checkpoint is named and the one before it offered; nothing is written', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    const game = { ...smallRing, steps: 10 }
    await rightOf(trainRun(game, { out, saveEvery: 5 }))
    const good = await contents(out)
    const newest = join(out, 'checkpoints', 'step-00000010.safetensors')
    await truncate(newest, 1000)
    const damaged = await contents(out)
    const message = await refusal(out, game)
    expect(message).toContain(`${newest}: it is damaged: `)
    expect(message).toContain('Go on from the one before it, of step 5: --resume-from 5')
    expect(await contents(out)).toEqual(damaged)
    await rightOf(resumeRun(out, game, { step: 5 }))
    expect(await contents(out)).toEqual(good)
    await rename(join(out, 'checkpoints', 'step-00000005.safetensors'), newest)
    expect(await refusal(out, game)).toContain('it is the checkpoint of another spec or step')
  }))

test('paths of data start at the spec, then at the run; data is told by its content', () =>
  inFolder(async (folder) => {
    const points = (first: number) =>
      encodeNpy(
        [64, 2],
        Float32Array.from({ length: 128 }, (_, i) => first + i / 128),
      )
    const specs = join(folder, 'specs')
    await mkdir(specs)
    await put(specs, 'points.npy', points(0))
    const data = { type: 'npy', path: 'points.npy', shape: [2] } as const
    const game: GameSpec = { ...smallRing, steps: 3, sources: { ...smallRing.sources, data } }
    const out = join(folder, 'runs', 'a')
    await rightOf(trainRun(game, { out, baseDirectory: specs }))
    expect(await readFile(join(out, 'spec.json'), 'utf8')).toContain('"path": "../../specs/points.npy"')
    await rightOf(resumeRun(out, undefined))
    const moved = join(folder, 'moved')
    await cp(specs, moved, { recursive: true })
    await rightOf(resumeRun(out, game, { baseDirectory: moved }))
    // Where the data were moved to is kept, for the next time.
    expect(await readFile(join(out, 'spec.json'), 'utf8')).toContain('"path": "../../moved/points.npy"')
    await put(moved, 'points.npy', points(1))
    expect(await refusal(out, undefined)).toContain('the content of the data of source data was ')
    await put(moved, 'points.npy', points(1).subarray(0, 200))
    expect(await refusal(out, undefined)).toContain('The file is cut short.')
    const failed = async (path: string): Promise<TrainError> => {
      const broken = { ...game, sources: { ...game.sources, data: { ...data, path } } }
      return leftOf(trainRun(broken, { out: join(folder, 'runs', 'b'), baseDirectory: specs }))
    }
    expect(showError(await failed('none.npy'))).toContain('expected a file, found none')
    expect(await readdir(join(folder, 'runs'))).toEqual(['a'])
  }))

test('a run starts from the networks of another one', () =>
  inFolder(async (folder) => {
    const from = join(folder, 'a')
    await rightOf(trainRun({ ...smallRing, steps: 5 }, { out: from }))
    const { state } = await rightOf(trainRun({ ...smallRing, steps: 0, seed: 2 }, { out: join(folder, 'b'), from }))
    const other = await rightOf(trainRun({ ...smallRing, steps: 5 }, { out: join(folder, 'c') }))
    expect(state['G/1.dense/kernel']).toEqual(other.state['G/1.dense/kernel'])
    expect(await leftOf(trainRun(smallRing, { out: join(folder, 'd'), from: join(folder, 'none') }))).toMatchObject({
      message: 'there is no such file',
    })
  }))

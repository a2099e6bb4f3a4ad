import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { isTemporary } from '../../src/io/atomic.ts'
import { decode } from '../../src/spec/codec.ts'
import { decodeCheckpoint } from '../../src/storage/checkpoint.ts'
import { saddle, start } from '../cli/saddle.ts'
import { right } from '../data/files.ts'
import { contents } from './contents.ts'

/** A run of many checkpoints. */
const run = ['--steps', '240', '--save-every', '8', '--threads', '1', '--json', '--no-summary'] as const

const out = (folder: string, name: string) => join(folder, 'runs', name)

const begin = (name: string) => ['train', 'ring.ts', '--out', `runs/${name}`, ...run]
const goOn = (name: string) => ['train', '--resume', '--out', `runs/${name}`, '--json', '--no-summary']

/** The run that nobody disturbs: what it leaves, and how long it takes. */
export interface Whole {
  readonly files: ReadonlyMap<string, string>
  /** Until its first step, and from there to its end, in milliseconds. */
  readonly startup: number
  readonly duration: number
}

export const undisturbed = async (folder: string): Promise<Whole> => {
  const began = performance.now()
  const running = start(folder, begin('whole'))
  await running.says('"started"')
  const started = performance.now()
  const { code, err } = await running.ended
  expect(code, err).toBe(0)
  const files = await contents(out(folder, 'whole'))
  return { files, startup: started - began, duration: performance.now() - started }
}

/** When a process is killed: so long after it began, or after its first step could begin. */
export interface Moment {
  readonly after: 'launch' | 'start'
  readonly milliseconds: number
}

/** Moments spread evenly over a run and its start, in no order: the golden ratio's multiples. */
export const moments = (count: number, { startup, duration }: Whole): readonly Moment[] =>
  Array.from({ length: count }, (_, i) => {
    const part = (i * 0.618034) % 1
    return i % 4 === 0
      ? { after: 'launch', milliseconds: 1.3 * startup * part }
      : { after: 'start', milliseconds: 0.8 * duration * part }
  })

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Ends a process at a moment; true unless it had ended by itself. */
const disturb = async (
  folder: string,
  args: readonly string[],
  { after, milliseconds }: Moment,
  signal: NodeJS.Signals,
) => {
  const running = start(folder, args)
  if (after === 'start') await Promise.race([running.says('"started"'), running.ended])
  await Promise.race([pause(milliseconds), running.ended])
  const asked = performance.now()
  running.send(signal)
  const ended = await running.ended
  return { ...ended, seconds: (performance.now() - asked) / 1000 }
}

/** Every file in a run's folder is whole, apart from temporaries, a last line and the lock. */
const checkWhole = async (folder: string): Promise<void> => {
  for (const [path, base64] of await contents(folder)) {
    const bytes = Buffer.from(base64, 'base64')
    if (path.split('/').some(isTemporary) || path.startsWith('run.lock/')) continue
    if (path.startsWith('checkpoints/')) right(decodeCheckpoint(bytes))
    else if (path === 'spec.json') right(decode(JSON.parse(bytes.toString())))
    else if (path === 'run.json') JSON.parse(bytes.toString())
    else if (path === 'metrics.jsonl')
      for (const line of bytes.toString().split('\n').slice(0, -1)) expect(JSON.parse(line)).toHaveProperty('step')
    else if (path.startsWith('samples/')) expect(bytes.toString().split('\n').length).toBe(1024 + 2)
    else throw new Error(`what is ${path}?`)
  }
}

const newest = async (folder: string): Promise<number> => {
  const names = await readdir(join(folder, 'checkpoints')).catch(() => [])
  return Math.max(-1, ...names.filter((name) => !isTemporary(name)).map((name) => Number(/\d+/.exec(name)?.[0])))
}

const announced = (text: string): number =>
  Math.max(-1, ...[...text.matchAll(/"type":"checkpoint","step":(\d+)/g)].map(([, step]) => Number(step)))

export interface Tally {
  /** Processes that a signal ended. */
  readonly killed: number
  /** Of them, those that had not saved anything yet. */
  readonly early: number
  readonly slowest: number
}

/** Trains one run, disturbed at each moment and resumed after it, and lets it end: it is what the undisturbed run is. */
export const disturbed = async (
  folder: string,
  name: string,
  whole: Whole,
  times: readonly Moment[],
  signal: NodeJS.Signals,
): Promise<Tally> => {
  const path = out(folder, name)
  const next = () => (existsSync(join(path, 'run.json')) ? goOn(name) : begin(name))
  let tally: Tally = { killed: 0, early: 0, slowest: 0 }
  for (const moment of times) {
    const before = await newest(path)
    const { code, out: said, err, seconds } = await disturb(folder, next(), moment, signal)
    const told = `${name}, ${signal} ${moment.milliseconds} ms after ${moment.after}: ${err}`
    if (code === 0) continue
    // A signal that can be heard is heard from the first event on to the last.
    const isHeard = signal !== 'SIGKILL' && said !== '' && !said.includes('"stopped"')
    if (isHeard) expect(code, told).toBe(130)
    else expect([null, 130], told).toContain(code)
    await checkWhole(path).catch((cause: unknown) => {
      if (existsSync(path)) throw new Error(told, { cause })
    })
    expect(await newest(path), told).toBeGreaterThanOrEqual(Math.max(before, announced(said)))
    tally = {
      killed: tally.killed + 1,
      early: tally.early + ((await newest(path)) < 0 ? 1 : 0),
      slowest: Math.max(tally.slowest, seconds),
    }
  }
  const { code, err } = await saddle(folder, ...next())
  expect(code, `${name}: ${err}`).toBe(0)
  const files = await contents(path)
  expect([...files.keys()], name).toEqual([...whole.files.keys()])
  expect(
    [...files].flatMap(([file, bytes]) => (whole.files.get(file) === bytes ? [] : [file])),
    `${name}: files that differ`,
  ).toEqual([])
  return tally
}

/** Kills `saddle sample` at a moment: its file is absent or whole, and the run is as it was. */
export const killSampling = async (
  folder: string,
  whole: Whole,
  expected: string,
  moment: Moment,
): Promise<boolean> => {
  const path = join(folder, 'killed.csv')
  const args = ['sample', 'runs/whole', '--count', '5000', '--out', 'killed.csv', '--force']
  const { code } = await disturb(folder, args, moment, 'SIGKILL')
  if (existsSync(path)) expect(await readFile(path, 'utf8')).toBe(expected)
  expect(await contents(out(folder, 'whole'))).toEqual(whole.files)
  return code === null
}

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseStateName } from '../../src/dsl/names/stateName.ts'
import { metrics } from '../../src/measure/metrics/table.ts'
import { loadCheckpoint } from '../../src/storage/loadCheckpoint.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'
import { root } from '../types/tsc.ts'

const page = readFileSync(`${root}/docs/reading-a-run.md`, 'utf8')

/** What the page says in code. */
const codes = [...page.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)

it('every metric is explained', () => {
  const labels = Object.values(metrics).map(({ label }) => label)
  expect(labels.length).toBeGreaterThan(4)
  const lines = codes.join('\n').toLowerCase()
  expect(labels.filter((label) => !lines.includes(label.toLowerCase()))).toEqual([])
})

it('every file of a run, every field of run.json and of a line of metrics, and every kind of tensor is explained', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'run')
    const options = { out, threads: 1, saveEvery: 4, keep: 'all' } as const
    await rightOf(trainRun({ ...smallRing, steps: 4 }, options))
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(out, file)).isFile() && file !== 'run.lock')
      .map((file) => file.replace(/step-\d+/, 'step-00000600'))
    expect(files.length).toBeGreaterThan(3)
    expect(files.filter((file) => !codes.includes(file))).toEqual([])
    const info: object = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))
    const line: object = JSON.parse(readFileSync(join(out, 'metrics.jsonl'), 'utf8').split('\n')[0] ?? '')
    expect(Object.keys(info).filter((field) => !codes.includes(field))).toEqual([])
    expect(Object.keys(line).filter((field) => !page.includes(`"${field}"`))).toEqual([])
    const bytes = readFileSync(join(out, 'checkpoints/step-00000004.safetensors'))
    const { state } = await rightOf(loadCheckpoint(bytes))
    const explained = new Set(codes.map((code) => parseStateName(code)?.role))
    expect(Object.keys(state).filter((name) => !explained.has(parseStateName(name)?.role))).toEqual([])
  }))

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appendLog, cutLog, type LogLine, readLog } from '../../src/io/jsonl.ts'
import { inFolder, leftOf, put, rightOf } from '../data/files.ts'

const lines: fc.Arbitrary<readonly LogLine[]> = fc.array(
  fc.record({ step: fc.nat(20), loss: fc.integer(), name: fc.string(), many: fc.array(fc.integer()) }),
)

const textOf = (log: readonly LogLine[]) => log.map((line) => `${JSON.stringify(line)}\n`).join('')

test('what is appended, in any pieces, is read back', () =>
  inFolder((folder) =>
    fc.assert(
      fc.asyncProperty(lines, lines, fc.uuid(), async (first, second, name) => {
        const path = join(folder, name)
        expect(await rightOf(readLog(path))).toEqual([])
        await rightOf(appendLog(path, first))
        await rightOf(appendLog(path, second))
        expect(await rightOf(readLog(path))).toEqual([...first, ...second])
      }),
      { numRuns: 30 },
    ),
  ))

test('wherever a write is torn, the lines before it are read, and a cut makes it good to append to', () =>
  inFolder((folder) =>
    fc.assert(
      fc.asyncProperty(lines, fc.nat(), fc.nat(20), async (log, seed, step) => {
        const whole = Buffer.from(textOf(log))
        const torn = whole.subarray(0, seed % (whole.length + 1))
        const before = log.slice(0, torn.toString('latin1').split('\n').length - 1)
        const path = await put(folder, 'log', torn)
        expect(await rightOf(readLog(path))).toEqual(before)
        await rightOf(cutLog(path, step))
        await rightOf(appendLog(path, [{ step }]))
        expect(await readFile(path, 'utf8')).toBe(textOf([...before.filter((line) => line.step <= step), { step }]))
      }),
      { numRuns: 50 },
    ),
  ))

test('a cut keeps the text of lines as it was', () =>
  inFolder(async (folder) => {
    const path = await put(folder, 'log', '{"step": 1.0,  "a":1e3}\n{"step":2}\n')
    await rightOf(cutLog(path, 1))
    expect(await readFile(path, 'utf8')).toBe('{"step": 1.0,  "a":1e3}\n')
  }))

test.each([
  ['{"step":1}\n{oops\n{"step":2}\n', 'line 2: expected a JSON object with a step, found "{oops"'],
  ['{"loss":1}\n', 'line 1: expected a JSON object with a step, found "{\\"loss\\":1}"'],
  ['null\n', 'line 1: expected a JSON object with a step, found "null"'],
  ['{"step":1}\n\n', 'line 2: expected a JSON object with a step, found ""'],
])('%j is damaged, is said to be, and is left alone', (text, message) =>
  inFolder(async (folder) => {
    const path = await put(folder, 'log', text)
    expect(await leftOf(readLog(path))).toEqual({
      type: 'FileError',
      place: { type: 'file', path },
      message,
      hint: 'Remove that line.',
    })
    expect((await leftOf(cutLog(path, 1))).message).toBe(message)
    expect(await readFile(path, 'utf8')).toBe(text)
  }),
)

// Only some systems have a device that is always full.
test.skipIf(!existsSync('/dev/full'))('a full disk is said to be', async () => {
  expect(await leftOf(appendLog('/dev/full', [{ step: 1 }]))).toMatchObject({
    message: 'the disk is full, or the quota is used up',
  })
})

import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { loadSpec } from '../../src/cli/loadSpec.ts'
import { showError } from '../../src/errors/failure.ts'
import { encode } from '../../src/spec/codec.ts'
import { inFolder, leftOf, put, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'
import { ringScript, ringSource } from './specs.ts'

test('TypeScript, JavaScript and JSON are the same game', () =>
  inFolder(async (folder) => {
    const loaded = await rightOf(loadSpec(await put(folder, 'my ring.ts', ringSource)))
    expect(loaded).toMatchObject({ name: 'my-ring', baseDirectory: folder, game: { batch: 32, seed: 1 } })
    for (const name of ['a.mts', 'a.js', 'a.mjs']) {
      const text = name === 'a.mts' ? ringSource : ringScript
      expect((await rightOf(loadSpec(await put(folder, name, text)))).game).toEqual(loaded.game)
    }
    const json = await put(folder, 'a.json', JSON.stringify(encode(loaded.game)))
    // What JSON says no program has made.
    const { program, ...said } = loaded
    expect(program).toBe(join(folder, 'my ring.ts'))
    expect(await rightOf(loadSpec(json))).toEqual({ ...said, name: 'a' })
  }))

test('a spec may import its neighbours', () =>
  inFolder(async (folder) => {
    await put(folder, 'size.ts', 'export const batch: number = 7')
    const text = `import { batch } from './size.ts'\n${ringSource.replace('batch: 32', 'batch')}`
    expect((await rightOf(loadSpec(await put(folder, 'b.ts', text)))).game.batch).toBe(7)
  }))

test.each([
  ['none.ts', undefined, 'there is no such file\n  Give the path of a spec; `saddle init` writes one'],
  ['a.ts', 'export default {', "it can't be run: "],
  ['b.ts', 'export default missing()', 'ReferenceError: missing is not defined'],
  ['c.ts', "import { gun } from 'saddlepoint'\nexport default gun({})", "it can't be run: "],
  ['d.ts', "import x from './nowhere.ts'\nexport default x", "it can't be run: "],
  ['e.ts', 'export const game = 1', 'expected a game as default export, found none\n  Write `export default gan('],
  ['f.ts', 'export default () => 1', 'expected a game as default export, found a function'],
  ['g.ts', 'export default { batch: 1 }', 'networks: expected an object of networks by name, found nothing'],
  ['h.json', '{"batch": ', 'expected JSON: SyntaxError'],
  ['i.json', '', 'expected JSON: SyntaxError'],
  ['j.json', '[]', 'the spec: '],
  ['k.json', 'null', 'the spec: '],
  ['l.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'nested more than 10000 deep'],
  ['m.txt', 'x', 'expected a file of type .ts, .mts, .js, .mjs or .json, found .txt'],
  ['n', 'x', 'found none'],
])('%s is refused in words', (name, text, message) =>
  inFolder(async (folder) => {
    const path = text === undefined ? join(folder, name) : await put(folder, name, text)
    expect(showError(await leftOf(loadSpec(path)))).toContain(message)
  }),
)

test('a named pipe is called by its name, and is not opened', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'a.ts')
    await promisify(execFile)('mkfifo', [path])
    expect(showError(await leftOf(loadSpec(path)))).toContain('expected a file, found a named pipe')
  }))

test('a folder is no spec', () =>
  inFolder(async (folder) => {
    await mkdir(join(folder, 'a.ts'))
    expect(showError(await leftOf(loadSpec(join(folder, 'a.ts'))))).toContain('expected a file, found a folder')
  }))

const game = async (change: (spec: Record<string, unknown>) => Record<string, unknown>) => {
  let message = ''
  await inFolder(async (folder) => {
    const { game: whole } = await rightOf(loadSpec(await put(folder, 'a.ts', ringSource)))
    const spec = JSON.stringify(change(encode(whole) as Record<string, unknown>))
    message = showError(await leftOf(loadSpec(await put(folder, 'a.json', spec))))
  })
  return message
}

test('fields that are unknown, missing or of a wrong type are all named at once', async () => {
  const message = await game(({ seed: _, ...spec }) => ({ ...spec, steps: 'many', batch: -3, stepz: 1 }))
  expect(message).toContain('the spec has 4 mistakes\n')
  expect(message).toContain('seed: expected a whole number of at least 0, found nothing')
  expect(message).toContain('steps: expected a whole number of at least 0, found "many"')
  expect(message).toContain('batch: expected a whole number above 0, found -3')
  expect(message).toContain('stepz: expected no field of this name, found 1\n  Did you mean steps? ')
})

test('NaN, which JSON writes as null, is told apart', async () => {
  expect(await game((spec) => ({ ...spec, batch: Number.NaN }))).toContain('JSON has no NaN')
})

test('no name of a spec reaches the prototype of objects', async () => {
  const text = await game((spec) => ({ ...spec, networks: JSON.parse('{"__proto__": {"polluted": 1}}') as unknown }))
  expect(text).toContain('networks.__proto__: expected a key that is a name')
  expect(Reflect.get({}, 'polluted')).toBe(undefined)
})

test('a byte order mark before JSON changes nothing, and another encoding is named', () =>
  inFolder(async (folder) => {
    const text = JSON.stringify(encode(smallRing))
    expect((await rightOf(loadSpec(await put(folder, 'a.json', `\ufeff${text}`)))).game).toEqual(smallRing)
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    expect(showError(await leftOf(loadSpec(await put(folder, 'b.json', utf16))))).toContain(
      'expected text in UTF-8, found another encoding\n  Save it as UTF-8.',
    )
  }))

test.each([
  ['a.js', "loss: 'hinge'", 'gan: loss: expected a loss, found "hinge"\n  Write losses.hinge, without quotes.'],
  ['a.ts', "loss: 'hinge'", 'gan: loss: expected a loss, found "hinge"\n  Write losses.hinge, without quotes.'],
  ['b.js', 'loss: losses.wassertein', 'gan: loss: expected a value, found nothing'],
  ['b.ts', 'loss: losses.wassertein', 'gan: loss: expected a value, found nothing'],
])('%s that calls gan with %s names the line of the call', (name, field, message) =>
  inFolder(async (folder) => {
    const text = (name.endsWith('.ts') ? ringSource : ringScript).replace(/loss: [\w.]+/, field)
    const path = await put(folder, name, text)
    const line = text.split('\n').findIndex((each) => each.includes('gan({')) + 1
    expect(showError(await leftOf(loadSpec(path)))).toContain(`${path}:${line}: ${message}`)
  }),
)

test.each([
  ['a.ts', 'dense(16)', 'dense()', 'dense: units: expected a number, found nothing\n  Write dense(64).'],
  ['a.js', 'dense(16)', 'dense()', 'dense: units: expected a number, found nothing\n  Write dense(64).'],
])('%s names the line of the constructor that refuses its arguments', (name, right, wrong, message) =>
  inFolder(async (folder) => {
    const text = (name.endsWith('.ts') ? ringSource : ringScript).replace(right, wrong)
    const path = await put(folder, name, text)
    const line = text.split('\n').findIndex((each) => each.includes(wrong)) + 1
    expect(line).toBeGreaterThan(0)
    expect(showError(await leftOf(loadSpec(path)))).toContain(`${path}:${line}: ${message}`)
  }),
)

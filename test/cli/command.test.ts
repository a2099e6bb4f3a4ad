import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as TE from '#fp-ts/TaskEither'
import { command, done, misused, positional } from '../../src/cli/command.ts'
import { flag, off, required, value, withDefault } from '../../src/cli/option.ts'
import { count, natural } from '../../src/cli/options.ts'
import { runError } from '../../src/errors/runError.ts'

const said = { out: '', err: '' }

beforeEach(() => {
  Object.assign(said, { out: '', err: '' })
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += text
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

const given: unknown[] = []

const show = command({
  description: 'Shows what it was given.',
  argument: positional('<NAME>', 'a name'),
  options: {
    saveEvery: required(value('N', 'required', count)),
    seed: value('N', 'optional', natural),
    keep: withDefault(value('N', 'with a default', natural), 7),
    summary: off('leave it out'),
    json: flag('as JSON'),
  },
  help: '\nExit codes.\n',
  run: (options, name) => {
    given.push(options)
    if (name === 'wrong') return TE.left(misused('not this one'))
    if (name === 'fails') return TE.left(runError({ type: 'flag', text: '--seed' }, 'it failed', 'Try again.'))
    // The types: what is certain is no `undefined`.
    const sum: number = options.saveEvery + options.keep + (options.summary ? 1 : 0)
    return TE.right(done(`${name} ${sum}`, 'said'))
  },
})

const run = async (...args: readonly string[]) => {
  const codes: number[] = []
  const program = new Command().exitOverride()
  show({ name: 'show', summary: 'shows' }, program, (code) => codes.push(code))
  await program.parseAsync(['show', ...args], { from: 'user' })
  return { codes, ...said }
}

test('a command is given its argument and options, parsed, under their names in code', async () => {
  expect(await run('ring', '--save-every', '3')).toEqual({ codes: [0], out: 'ring 11', err: 'said' })
  expect(given.at(-1)).toEqual({ saveEvery: 3, keep: 7, summary: true })
  await run('ring', '--save-every', '3', '--seed', '0', '--no-summary', '--json', '--keep', '1')
  expect(given.at(-1)).toEqual({ saveEvery: 3, seed: 0, keep: 1, summary: false, json: true })
})

test('a Left is told on stderr, with the exit code of its kind, and with --json as an event', async () => {
  expect(await run('wrong', '--save-every', '3')).toEqual({ codes: [2], out: '', err: 'error: not this one\n' })
  Object.assign(said, { out: '', err: '' })
  const failed = await run('fails', '--save-every', '3', '--json')
  expect(failed.codes).toEqual([1])
  expect(failed.err).toBe('error: --seed: it failed\n  Try again.\n')
  expect(JSON.parse(failed.out)).toMatchObject({ type: 'error', error: { message: 'it failed' } })
})

test('a value that can not be parsed, or is missing, never reaches the command', async () => {
  const before = given.length
  await expect(run('ring', '--save-every', 'often')).rejects.toMatchObject({ exitCode: 1 })
  await expect(run('ring')).rejects.toMatchObject({ code: 'commander.missingMandatoryOptionValue' })
  expect(given.length).toBe(before)
})

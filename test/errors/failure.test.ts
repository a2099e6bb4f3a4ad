import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ArgumentError } from '../../src/codecs/argument.ts'
import { dataError } from '../../src/errors/dataError.ts'
import { diverged, halted } from '../../src/errors/ended.ts'
import { type Failure, placeOf, showError } from '../../src/errors/failure.ts'
import { fileError } from '../../src/errors/fileError.ts'
import { invalidSpec } from '../../src/errors/invalidSpec.ts'
import { libraryError } from '../../src/errors/libraryError.ts'
import { malformed } from '../../src/errors/malformed.ts'
import { noAnswer } from '../../src/errors/noAnswer.ts'
import { notFinite } from '../../src/errors/notFinite.ts'
import { showPlace } from '../../src/errors/place.ts'
import { programFailed } from '../../src/errors/programFailed.ts'
import { runError } from '../../src/errors/runError.ts'
import { specError } from '../../src/errors/specError.ts'
import { SaddleError } from '../../src/run/promises.ts'

const word = fc.stringMatching(/^[a-z]{1,12}$/)
const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))
const parts = fc.record({ name: word, message: sentence, hint: sentence, step: fc.nat({ max: 1e6 }) })

type Make = (parts: { name: string; message: string; hint: string; step: number }) => Failure

/** One way to make each failure at least; a kind that is missing does not compile. */
const kinds: { readonly [T in Failure['type']]: Make } = {
  InvalidSpec: ({ name, message, hint }) =>
    invalidSpec([specError(['networks', name], { expected: message, found: 'nothing', hint })]),
  DataError: ({ name, message, hint }) => dataError(name, message, hint),
  BackendError: ({ name, message, hint }) => ({ type: 'BackendError', backend: name, message, hint }),
  FileError: ({ name, message, hint }) => fileError(name, message, hint),
  RunError: ({ name, message, hint }) => runError({ type: 'option', name }, message, hint),
  NotFinite: ({ name, message, step }) => notFinite(step, name, message, Number.NaN),
  Diverged: ({ name, message, step }) =>
    diverged(notFinite(step, name, message, Number.POSITIVE_INFINITY), { step, path: name }),
  Halted: ({ name, message, hint, step }) => halted(step, fileError(name, message, hint), undefined),
  NoAnswer: ({ name, message, hint }) => noAnswer(message, hint, { type: 'part', name }),
  Malformed: ({ message, hint }) => malformed(message, hint),
  ProgramFailed: ({ message }) => programFailed(message),
  LibraryError: ({ name, message, hint }) => libraryError(name)(message, hint),
  InvalidArgument: ({ name, message, hint }) =>
    new ArgumentError(name, 'option', { expected: message, found: 'nothing', hint }).error,
}

test.each(Object.entries(kinds))('%s is shown with its place, its message and its hint', (type, make) => {
  fc.assert(
    fc.property(parts, (given) => {
      const failure = make(given)
      expect(failure.type).toBe(type)
      const place = placeOf(failure)
      const text = showError(failure)
      const at = place === undefined ? '' : `${showPlace(place)}: `
      expect(text.startsWith(`${at}${failure.message}\n  ${failure.hint}`), text).toBe(true)
      expect(place === undefined).toBe(['Malformed', 'ProgramFailed'].includes(type))
      expect([failure.message, failure.hint].join('\n')).not.toMatch(/undefined|\[object/)
    }),
    { numRuns: 30 },
  )
})

test('what is thrown says what is shown', () => {
  const failure = fileError('a', 'the disk is full', 'Free space.')
  expect(new SaddleError(failure).message).toBe(showError(failure))
  for (const place of ['', 'lr']) {
    const thrown = new ArgumentError('adam', place, { expected: 'a number', found: 'nothing', hint: 'Write one.' })
    expect(thrown.message).toBe(showError(thrown.error))
  }
})

test('a failure of several mistakes shows all of them', () => {
  const problem = { expected: 'a number', found: 'nothing', hint: 'Write one.' }
  const failure = invalidSpec([specError(['batch'], problem), specError(['steps'], problem)])
  expect(showError(failure)).toMatch(/^the spec has 2 mistakes\nbatch: .*\n.*\nsteps: /)
})

test('the line of the source stands before the place in the spec', () => {
  const place = { type: 'spec', path: ['players', 'generator'], source: { file: 'game.ts', line: 3 } } as const
  expect(showPlace(place)).toBe('game.ts:3: players.generator')
  expect(showPlace({ type: 'spec', path: [] })).toBe('the spec')
  expect(showPlace({ type: 'file', path: 'a\u001b.ts', line: 7 })).toBe('a\\u001b.ts:7')
})

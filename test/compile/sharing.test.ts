import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { compile } from '../../src/compile/compile.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { freeNames } from '../../src/dsl/terms/freeNames.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { network } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { unshared } from '../laws/sharedTerms.ts'
import { compiled, gameOf } from './playing.ts'

const theta = network('theta', parameter([], init.constant(3)))

const gameWith = (objective: Term): GameSpec =>
  gameOf({
    networks: { theta: theta.net },
    players: {
      p: { goal: 'minimise', objective: { op: 'add', left: theta().term, right: objective }, over: ['theta'] },
    },
  })

const add = (left: Term, right: Term): Term => ({ op: 'add', left, right })
const tanh = (of: Term): Term => ({ op: 'tanh', of })
const slot = (name: string, update: Term): Term => ({ op: 'slot', name, initial: 1, update })
const previous = (name: string): Term => ({ op: 'previous', slot: name })

/** A slot whose update is a term with slots, which have updates of such terms in turn, some of its own old value. */
const withSlots = (most: number): fc.Arbitrary<Term> => {
  const step = fc.record({
    kind: fc.constantFrom('add', 'tanh', 'slot', 'nested'),
    back: fc.nat(2),
    further: fc.nat(2),
  })
  return fc.array(step, { minLength: 1, maxLength: most }).map((steps) => {
    const terms: Term[] = [theta().term, previous('outer'), add(previous('outer'), theta().term)]
    const at = (back: number): Term => terms.at(-1 - back) ?? theta().term
    for (const [i, { kind, back, further }] of steps.entries()) {
      const [x, y, name] = [at(back), at(further), `s${i}`]
      if (kind === 'add') terms.push(add(x, y))
      else if (kind === 'tanh') terms.push(tanh(x))
      else if (kind === 'slot') terms.push(add(x, slot(name, add(previous(name), y))))
      else
        terms.push(slot(name, add(previous(name), slot(`${name}n`, add(add(previous(name), previous(`${name}n`)), x)))))
    }
    return slot('outer', at(0))
  })
}

describe('terms within the updates of slots', () => {
  test('make the program that they make where each is an object of its own', () => {
    fc.assert(
      fc.property(withSlots(7), (term) => {
        const [one, other] = [compiled(gameWith(term)), compiled(gameWith(unshared(term)))]
        expect(one.step).toEqual(other.step)
        expect(one.state).toEqual(other.state)
      }),
    )
  })

  test('have what is wrong in them said once, at their first place', () => {
    const bad: Term = { op: 'sample', source: 'nowhere', field: 'x' }
    const found = compile(gameWith(add(slot('a', add(previous('a'), bad)), slot('b', add(previous('b'), bad)))))
    expect(E.isLeft(found) && found.left.errors.map(({ path }) => path.join('.'))).toEqual([
      'players.p.objective.right.left.update.right',
    ])
  })

  test.each([40, 100])('are typed and lowered once, though they stand in %i slots', (depth) => {
    let x: Term = theta().term
    for (let i = 0; i < depth; i++) x = tanh(add(x, slot(`s${i}`, tanh(add(previous(`s${i}`), x)))))
    expect(compiled(gameWith(x)).step.nodes.length).toBeLessThan(40 * depth)
    let y: Term = previous('outer')
    for (let i = 0; i < depth; i++) y = tanh(add(y, slot(`s${i}`, tanh(add(previous(`s${i}`), y)))))
    expect(compiled(gameWith(slot('outer', y))).step.nodes.length).toBeLessThan(40 * depth)
  })
})

test('the free names of a term are those that it reads and does not bind', () => {
  const free = (term: Term) => [...freeNames()(term)].sort()
  expect(free(previous('a'))).toEqual(['previous a'])
  expect(free(slot('a', previous('a')))).toEqual([])
  expect(free(slot('b', add(previous('a'), previous('b'))))).toEqual(['previous a'])
  const kernel: Term = { op: 'variable', name: 'kernel' }
  expect(free(add(kernel, { op: 'kernels', network: 'D', of: kernel }))).toEqual(['kernel'])
  expect(free({ op: 'kernels', network: 'D', of: kernel })).toEqual([])
  fc.assert(fc.property(withSlots(12), (term) => void expect(free(term)).toEqual([])))
})

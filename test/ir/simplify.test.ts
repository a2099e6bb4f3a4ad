import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBuilder } from '../../src/ir/builder.ts'
import { evaluate, type Feed } from '../../src/ir/evaluate.ts'
import { gradient } from '../../src/ir/gradient.ts'
import { at } from '../../src/ir/present.ts'
import { print } from '../../src/ir/print.ts'
import type { NodeId, Program } from '../../src/ir/program.ts'
import type { Rule } from '../../src/ir/rule.ts'
import { arithmeticRules } from '../../src/ir/rules/arithmetic.ts'
import { factorRules } from '../../src/ir/rules/factors.ts'
import { movementRules } from '../../src/ir/rules/movement.ts'
import { selectRules } from '../../src/ir/rules/select.ts'
import { stabiliseRules } from '../../src/ir/rules/stabilise.ts'
import { lowerRules, simplify, simplifyRules, withoutDeadCode } from '../../src/ir/simplify.ts'
import { verify } from '../../src/ir/verify.ts'
import { disturbed, feeds, programs, smoothPrograms } from '../laws/program.ts'
import { becomes, describeRules } from '../laws/ruleCase.ts'

const others = new Set([...arithmeticRules, ...factorRules, ...movementRules, ...selectRules, ...stabiliseRules])
describeRules(
  [...simplifyRules, ...lowerRules].filter((rule) => !others.has(rule)),
  {
    'stopGradient and barrier are identities': [
      becomes(
        (b, x, y) => b.add(b.stopGradient(x), b.barrier(y)),
        (b, x, y) => b.add(x, y),
      ),
    ],
  },
)

/** Whether every value on the way is finite. */
const allFinite = (program: Program, feed: Feed): boolean => {
  const found: boolean[] = []
  evaluate(program, feed, (_, value) => found.push(value.every(Number.isFinite)))
  return found.every((finite) => finite)
}

const metricsOf = (program: Program, feed: Feed): readonly Float64Array[] =>
  Object.values(evaluate(program, feed).metrics)

/** Equal but for what rounding may change: as far as small errors in every node of the first program carry. */
const expectSameMeaning = (raw: Program, better: Program, feed: Feed): void => {
  const noise = [1, 2, 3].map((seed) => disturbed(raw, feed, 1e-11, seed))
  const found = metricsOf(better, feed)
  metricsOf(raw, feed).forEach((value, m) => {
    expect(at(found, m).length).toBe(value.length)
    value.forEach((x, i) => {
      const room = Math.max(...noise.map((all) => Math.abs(x - (at(all, m)[i] ?? Number.NaN))))
      if (Number.isNaN(room)) return
      const y = at(found, m)[i] ?? Number.NaN
      expect(Math.abs(x - y), `metric ${m}, element ${i}: ${y}, not ${x}`).toBeLessThanOrEqual(
        10 * room + 1e-11 * (1 + Math.abs(x)),
      )
    })
  })
}

const ends = (program: Program) => [...Object.values(program.writes), ...Object.values(program.metrics)]

const unread = (program: Program): readonly number[] => {
  const read = new Set<number>([...ends(program), ...program.nodes.flatMap(({ inputs }) => inputs)])
  return [...program.nodes.keys()].filter((id) => !read.has(id))
}

/** A program's last metric as a loss, its gradient by one state tensor, and that gradient's own. */
const withGradients = (program: Program, rules: readonly Rule[]): Program => {
  const b = createBuilder(rules)
  const moved: NodeId[] = []
  for (const { op, params, inputs } of program.nodes) {
    const draw = op === 'draw' && 'name' in params ? program.draws[params.name] : undefined
    const emitted = () =>
      b.emit(
        op,
        params,
        inputs.map((input) => at(moved, input)),
      )
    moved.push(draw === undefined ? emitted() : b.draw('noise', draw))
  }
  const by = moved.slice(2, 3)
  const loss = b.sum(at(moved, program.metrics.last ?? 0))
  const first = at(gradient(b, loss, by), 0)
  const second = at(gradient(b, b.sum(b.mul(first, first)), by), 0)
  return b.program({ writes: {}, metrics: { loss, first, second } })
}

describe('simplify on random programs', () => {
  test('keeps the meaning where all is finite', () => {
    const counts = { finite: 0, all: 0 }
    const property = fc.property(programs, feeds, (program, feed) => {
      counts.all++
      if (!allFinite(program, feed)) return
      counts.finite++
      expectSameMeaning(program, simplify(program), feed)
    })
    fc.assert(property, { numRuns: 1500 })
    expect(counts.finite).toBeGreaterThan(counts.all / 4)
  })

  test('keeps the meaning of gradients, whose rules see more of one another', () => {
    const property = fc.property(smoothPrograms, feeds, (program, feed) => {
      const [raw, lowered] = [withGradients(program, []), withGradients(program, lowerRules)]
      if (!allFinite(raw, feed)) return
      expectSameMeaning(raw, lowered, feed)
      expectSameMeaning(raw, simplify(lowered), feed)
    })
    fc.assert(property, { numRuns: 200 })
  })

  test('twice is once', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const once = simplify(program)
        expect(print(simplify(once))).toBe(print(once))
      }),
      { numRuns: 500 },
    )
  })

  test('leaves nothing that nothing needs, and nothing twice', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const { nodes, draws, state, ...rest } = simplify(program)
        expect(unread({ nodes, draws, state, ...rest })).toEqual([])
        const listed = nodes.map(({ op, params, inputs }) => JSON.stringify([op, params, inputs]))
        expect(new Set(listed).size).toBe(listed.length)
        const named = new Set(nodes.flatMap(({ params }) => ('name' in params ? [params.name] : [])))
        expect(Object.keys(draws).every((name) => named.has(name))).toBe(true)
        expect(Object.keys(state).every((name) => named.has(name) || name in rest.writes)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('makes programs of good form, without what only steers gradients', () => {
    fc.assert(
      fc.property(programs, (program) => {
        expect(verify(program)).toEqual([])
        expect(verify(withoutDeadCode(program))).toEqual([])
        const simple = simplify(program)
        expect(verify(simple)).toEqual([])
        expect(simple.nodes.some(({ op }) => op === 'stopGradient' || op === 'barrier')).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
})

test('a state tensor that is written its own value is not written', () => {
  const b = createBuilder()
  const [x, y] = [b.state('x', [2]), b.state('y', [2])]
  const program = simplify(b.program({ writes: { x: b.add(x, b.number(0)), y: b.add(y, x) }, metrics: {} }))
  expect(Object.keys(program.writes)).toEqual(['y'])
  expect(Object.keys(program.state).sort()).toEqual(['x', 'y'])
})

test('constants that JSON does not tell apart stay apart', () => {
  const b = createBuilder(simplifyRules)
  const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0]
  const metrics = Object.fromEntries(values.map((value, i) => [`m${i}`, b.number(value)]))
  const found = evaluate(simplify(b.program({ writes: {}, metrics })), { state: {}, draws: {}, step: 0 }).metrics
  expect(Object.values(found).map(([value]) => value)).toEqual(values)
})

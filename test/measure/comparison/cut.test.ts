import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../../src/ir/evaluate.ts'
import { at } from '../../../src/ir/present.ts'
import type { NodeId, Program } from '../../../src/ir/program.ts'
import { verify } from '../../../src/ir/verify.ts'
import { frontier, isLeaf, nameOf, reporting } from '../../../src/measure/comparison/cut.ts'
import { feedOf } from '../../../src/measure/comparison/moment.ts'
import { initialState } from '../../../src/run/initialState.ts'
import { prepareGame } from '../../../src/run/prepare.ts'
import { createRandom } from '../../../src/run/random/random.ts'
import { rightOf } from '../../data/files.ts'
import { smallRing } from '../../run/ring.ts'

const { compiled, drawSource } = await rightOf(prepareGame({ ...smallRing, batch: 4 }, {}))
const program: Program = compiled.step
const state = initialState(compiled.state, 1, createRandom())
const feed = feedOf({ step: 2, state, draws: drawSource(program, 2, 1) })

const values: Float64Array[] = []
evaluate(program, feed, (_, value) => void values.push(value))

const places = fc.nat(program.nodes.length - 1).map((n) => n as NodeId)

test('a part reports what its nodes are in the whole, and writes nothing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(places, { minLength: 1, maxLength: 5 }), (ids) => {
      const part = reporting(program, ids)
      expect(verify(part)).toEqual([])
      expect(part.writes).toEqual({})
      const { metrics } = evaluate(part, feed)
      for (const id of ids) expect(metrics[nameOf(id)]).toEqual(at(values, id))
    }),
  )
})

test('what lies behind a cut depends on what is before it only through the frontier', () => {
  fc.assert(
    fc.property(places, (last) => {
      const crossing = new Set(frontier(program, last))
      const ends = [...Object.values(program.writes), ...Object.values(program.metrics)]
      /** Whether a node is reached from behind the cut without passing the frontier. */
      const isOpen = (id: NodeId): boolean => id <= last && !crossing.has(id) && !isLeaf(program, id)
      const behind = program.nodes.slice(last + 1).flatMap(({ inputs }) => inputs)
      expect([...behind, ...ends].filter(isOpen)).toEqual([])
      for (const id of crossing) expect(id).toBeLessThanOrEqual(last)
    }),
  )
})

test('the frontier of the whole is its results', () => {
  const ends = new Set([...Object.values(program.writes), ...Object.values(program.metrics)])
  expect(new Set(frontier(program, (program.nodes.length - 1) as NodeId))).toEqual(ends)
})

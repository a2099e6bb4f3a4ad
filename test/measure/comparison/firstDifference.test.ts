import { expect, test } from 'vitest'
import { showOrigin } from '../../../src/ir/origin.ts'
import type { Op, Program } from '../../../src/ir/program.ts'
import { firstDifference } from '../../../src/measure/comparison/firstDifference.ts'
import type { Moment } from '../../../src/measure/comparison/moment.ts'
import { initialState } from '../../../src/run/initialState.ts'
import { prepareGame, type ReadyGame } from '../../../src/run/prepare.ts'
import { createRandom } from '../../../src/run/random/random.ts'
import { rightOf } from '../../data/files.ts'
import { smallRing } from '../../run/ring.ts'
import { honest, rounding, type Spoil, spoiled } from './spoiled.ts'

const game = await rightOf(prepareGame({ ...smallRing, batch: 8 }, {}))
const program = game.compiled.step

const momentOf = ({ compiled, drawSource }: ReadyGame, step: number): Moment => ({
  step,
  state: initialState(compiled.state, 1, createRandom()),
  draws: drawSource(compiled.step, step, 1),
})

const find = async (spoil: Spoil) => rightOf(firstDifference(await spoiled(spoil), program, momentOf(game, 3)))

const scaled =
  (which: (op: Op, program: Program, inputs: readonly number[]) => boolean, by: number): Spoil =>
  (b, id, node, whole) =>
    which(node.op, whole, node.inputs) ? b.mul(id, b.number(by)) : id

/** Wrong values of these reach the costs or the state; a condition is as true when it is 1.05. */
const reaching: readonly Op[] = ['matmul', 'add', 'mul', 'sum', 'div', 'softplus', 'sigmoid', 'reshape', 'transpose']
const computing = reaching.filter((op) => program.nodes.some((node) => node.op === op))

test('most ops are tried', () => expect(computing.length).toBeGreaterThan(6))

test.each(computing)('where %s is wrong, it is found, as the first of them', async (op) => {
  const found = await find(scaled((each) => each === op, 1.05))
  expect(found).toMatchObject({ op, fault: 'wrong' })
  const nodes = program.nodes.filter((node) => node.op === op)
  expect(nodes.map(({ origin }) => showOrigin(origin))).toContain(found?.origin)
  expect(found?.found).toBeCloseTo(1.05 * (found?.expected ?? 0), 3)
})

test('a step that is a little too long is seen, whatever the size of what it moves', async () => {
  // Adam divides two roots: that of a scalar is left as it is.
  const found = await find((b, id, { op, shape }) =>
    op === 'sqrt' && shape.length > 0 ? b.mul(id, b.number(1.05)) : id,
  )
  expect(found).toMatchObject({ op: 'sqrt', fault: 'wrong', origin: expect.stringContaining(': adam of ') })
})

test('one node of many is found, wherever it stands', async () => {
  const matmuls = program.nodes.flatMap((node, i) => (node.op === 'matmul' ? [{ node, i }] : []))
  for (const { node } of matmuls) {
    const found = await find((b, id, each) =>
      each.op === 'matmul' &&
      showOrigin(each.origin) === showOrigin(node.origin) &&
      each.shape.join() === node.shape.join()
        ? b.neg(id)
        : id,
    )
    expect(found).toMatchObject({ op: 'matmul', origin: showOrigin(node.origin), shape: node.shape, fault: 'wrong' })
  }
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is found where it first appears', async (value) => {
  const found = await find((b, id, { op, shape }) => (op === 'softplus' ? b.full(shape, value) : id))
  expect(found).toMatchObject({ op: 'softplus', fault: 'wrong', relative: Number.POSITIVE_INFINITY, found: value })
})

test('what is right, or only rounded, does not differ', async () => {
  expect(await find(honest)).toBeUndefined()
  expect(await find(rounding)).toBeUndefined()
})

test('an op that is wrong only among others is told from one that is always wrong', async () => {
  const seen = (whole: Program, id: number | undefined): boolean =>
    Object.values(whole.metrics).some((metric) => metric === id)
  const found = await find(scaled((op, whole, [input]) => op === 'softplus' && !seen(whole, input), 1.05))
  expect(found).toMatchObject({ op: 'softplus', fault: 'wrong among others' })
})

test('what is wrong only in the whole program is in none of its parts', async () => {
  const isWhole = ({ writes }: Program): boolean => Object.keys(writes).length > 0
  expect(await find(scaled((op, whole) => op === 'matmul' && isWhole(whole), 1.05))).toBeUndefined()
})

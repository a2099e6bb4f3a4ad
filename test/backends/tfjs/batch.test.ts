import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { tfjsBackend } from '../../../src/backends/tfjs/backend.ts'
import { batch } from '../../../src/backends/tfjs/batch.ts'
import { start } from '../../../src/backends/tfjs/cpu.ts'
import { noDifferences } from '../../../src/backends/tfjs/differences.ts'
import { lower } from '../../../src/backends/tfjs/lower.ts'
import type { Plan } from '../../../src/backends/tfjs/plan.ts'
import { schedule } from '../../../src/backends/tfjs/schedule.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import type { Program } from '../../../src/ir/program.ts'
import { type Case, joinedDraws } from '../../conformance/case.ts'
import { exampleConformance, lossConformance, optimizerConformance } from '../../conformance/games.ts'
import { expectAgreement, succeed } from '../onnx/agreement.ts'

await succeed(start({}))

const backendWith = (batched: boolean) =>
  tfjsBackend({
    tf,
    kernels: 'cpu',
    info: { name: 'tfjs-cpu', device: '', accelerator: 'none', version: '' },
    differences: { ...noDifferences, batched },
  })
const [apart, together] = [backendWith(false), backendWith(true)]

/** Kernels of a step, but for those that only give a tensor another shape. */
const kernels = (plan: Plan): readonly string[] =>
  schedule(plan).each.flatMap(({ instruction }) =>
    instruction.type === 'call' && !['Reshape', 'Identity'].includes(instruction.kernel) ? [instruction.kernel] : [],
  )

const batched = (program: Program): readonly string[] => kernels(batch(lower(program, noDifferences)))
const single = (program: Program): readonly string[] => kernels(lower(program, noDifferences))

const played = async (on: typeof apart, one: Case) => {
  const store = await succeed(on.store(one.state))
  const executable = await succeed(store.compile(one.program))
  const metrics = await succeed(executable.run({ first: 0, count: one.steps.length, draws: joinedDraws(one) }))
  return { metrics, state: await succeed(store.read()) }
}

// Its images are large, and its steps do not differ in kind.
const games = [...lossConformance, ...optimizerConformance, ...exampleConformance].filter(
  ({ name }) => name !== 'example mnist',
)

describe('a game has fewer kernels, and the same bits', () => {
  test.each(games.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    expect(batched(one.program).length).toBeLessThanOrEqual(single(one.program).length)
    expect(await played(together, one)).toEqual(await played(apart, one))
  })

  test('by a tenth and more, where an optimizer has memory', () => {
    for (const one of games.filter(({ name }) => /adam|ring/.test(name)))
      expect(batched(one.program).length, one.name).toBeLessThan(0.9 * single(one.program).length)
  })
})

/** Each of some states moves by some steps down a slope of its own. */
const moves = (shapes: readonly (readonly number[])[], more: (i: number) => boolean = () => false): Program => {
  const p = createBuilder()
  const rate = p.exp(p.state('rate', []))
  const writes = shapes.map((shape, i) => {
    const [x, slope] = [p.state(`x${i}`, shape), p.tanh(p.state(`slope${i}`, shape))]
    const step = p.sqrt(p.abs(p.mul(p.broadcast(rate, shape), p.sin(p.cos(p.exp(slope))))))
    return [`x${i}`, p.sub(x, more(i) ? p.max(p.broadcast(step, [2, ...shape]), [0]) : step)] as const
  })
  return p.program({ writes: Object.fromEntries(writes), metrics: {} })
}

describe('what is alike is joined', () => {
  test('whatever its shape', async () => {
    const program = moves([[3], [2, 2], [2, 1, 3, 1]])
    expect(batched(program).filter((kernel) => kernel === 'Sqrt')).toHaveLength(1)
    await expectAgreement(together, program)
  })

  test('as far as it is alike', async () => {
    const program = moves([[3], [4], [5]], (i) => i === 1)
    expect(batched(program).filter((kernel) => kernel === 'Max')).toHaveLength(1)
    await expectAgreement(together, program)
  })

  test('but not where one is computed from the other', async () => {
    const p = createBuilder()
    const step = (x: ReturnType<typeof p.state>) => p.sub(x, p.sin(p.cos(p.exp(p.tanh(p.abs(x))))))
    const first = step(p.state('x', [4]))
    const second = step(p.mul(p.state('y', [4]), p.reshape(p.transpose(p.reshape(first, [2, 2]), [1, 0]), [4])))
    const program = p.program({ writes: { x: first, y: second }, metrics: {} })
    expect(batched(program)).toEqual(single(program))
    await expectAgreement(together, program)
  })

  test('but not where it is large, or alone', () => {
    for (const shapes of [[[2 ** 17], [2 ** 17]], [[1], [1]], [[7]]])
      expect(batched(moves(shapes))).toEqual(single(moves(shapes)))
  })
})

import { describe, expect, test } from 'vitest'
import { planOf } from '../../../src/backends/tfjs/compile.ts'
import { wasmDifferences } from '../../../src/backends/tfjs/differences/wasm.ts'
import { webgpuDifferences } from '../../../src/backends/tfjs/differences/webgpu.ts'
import { noDifferences } from '../../../src/backends/tfjs/differences.ts'
import { type Plan, type Slot, slotsOf } from '../../../src/backends/tfjs/plan.ts'
import { schedule, type Turn } from '../../../src/backends/tfjs/schedule.ts'
import { conformance } from '../../conformance/cases.ts'

const plans = [noDifferences, wasmDifferences, webgpuDifferences].flatMap((differences) =>
  conformance.map(({ name, program }) => [name, planOf(program, differences)] as const),
)

/** What is left after some turns; a value is read and freed only while it is there. */
const takeTurns = (turns: readonly Turn[], before: ReadonlySet<Slot>): ReadonlySet<Slot> => {
  const there = new Set(before)
  for (const { slot, instruction, frees } of turns) {
    expect(slotsOf(instruction).every((input) => there.has(input))).toBe(true)
    expect(there.has(slot)).toBe(false)
    there.add(slot)
    for (const free of frees) expect(there.delete(free)).toBe(true)
  }
  return there
}

const results = ({ writes, metrics }: Plan): readonly Slot[] => [...Object.values(writes), ...Object.values(metrics)]

describe('of every plan of the table', () => {
  test('all is made before it is read, freed once, and nothing is left but results', () => {
    for (const [name, plan] of plans) {
      const { once, each } = schedule(plan)
      const kept = takeTurns(once, new Set())
      const left = takeTurns(each, kept)
      const states = each.filter(({ instruction }) => instruction.type === 'state').map(({ slot }) => slot)
      const expected = new Set([...kept, ...states, ...results(plan)])
      expect([...left].sort(), name).toEqual([...expected].sort())
    }
  })

  test('what depends on constants alone is computed once, and what is kept is read', () => {
    for (const [name, plan] of plans) {
      const { once, each } = schedule(plan)
      const kept = takeTurns(once, new Set())
      const read = new Set(each.flatMap(({ instruction }) => slotsOf(instruction)))
      expect(
        [...kept].every((slot) => read.has(slot)),
        name,
      ).toBe(true)
      const again = each.filter(
        ({ slot, instruction }) =>
          instruction.type === 'call' &&
          !results(plan).includes(slot) &&
          slotsOf(instruction).every((input) => kept.has(input)),
      )
      expect(again, name).toEqual([])
    }
  })

  test('each result is a tensor of its own, which a call makes', () => {
    for (const [name, plan] of plans) {
      const found = results(plan)
      expect(new Set(found).size, name).toBe(found.length)
      expect(
        found.every((slot) => plan.instructions[slot]?.type === 'call'),
        name,
      ).toBe(true)
    }
  })
})

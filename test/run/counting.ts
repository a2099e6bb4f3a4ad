import * as E from '#fp-ts/Either'
import type { Store } from '../../src/backends/core/backend.ts'
import { start } from '../../src/backends/reference/index.ts'
import { createBuilder } from '../../src/ir/builder.ts'
import type { Program } from '../../src/ir/program.ts'
import { createExecutables } from '../../src/run/executables.ts'
import type { Course } from '../../src/run/stepRunner.ts'
import { rightOf } from '../data/files.ts'

/** A program that counts its steps in the state `x`; at step `bad` its cost is infinite, or its state becomes so. */
export const counting = (bad: number, what: 'cost' | 'state'): Program => {
  const builder = createBuilder([])
  const x = builder.state('x', [])
  const left = builder.sub(builder.number(bad), builder.step())
  const inverse = builder.div(builder.number(1), left)
  const next = builder.add(x, builder.number(1))
  return builder.program({
    writes: { x: what === 'state' ? builder.add(next, builder.mul(inverse, builder.number(0))) : next },
    metrics: { player: what === 'cost' ? inverse : builder.number(1) },
  })
}

/** A program on the reference backend, whose state stands at `step`. */
export const courseOf = async (program: Program, step = 0): Promise<Course> => {
  const backend = await rightOf(start({}))
  const store = await rightOf(backend.store({ x: { shape: [], values: Float32Array.of(step) } }))
  return { programs: () => program, drawSource: () => ({}), store }
}

/** The state, which counts the steps that it has behind it. */
export const countOf = async (store: Store): Promise<number | undefined> => {
  const state = await store.read()()
  return E.isRight(state) ? state.right.x?.values[0] : undefined
}

export const executablesOf = ({ store }: Course) => createExecutables(store)

import type { Compiled } from '../../src/compile/compile.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import { type Program, size } from '../../src/ir/program.ts'
import { someDraws, someState } from '../compile/playing.ts'

/**
 * How far a float32 result may be from the float64 one. A gradient's errors come from the largest of the numbers that it was
 * summed from, so they are measured by the tensor's largest number and not by each; a gradient of a gradient sums more of
 * them, and loses digits twice.
 */
export const tolerances = {
  value: { relative: 1e-4, absolute: 1e-5, by: 'element' },
  gradient: { relative: 1e-3, absolute: 1e-5, by: 'tensor' },
  second: { relative: 5e-3, absolute: 1e-5, by: 'tensor' },
  /** WGSL lets sin and cos be off by 2^-11: https://www.w3.org/TR/WGSL/#concrete-float-accuracy */
  trigonometry: { relative: 1e-3, absolute: 2 ** -11, by: 'element' },
} as const satisfies {
  readonly [name: string]: {
    readonly relative: number
    readonly absolute: number
    readonly by: 'element' | 'tensor'
  }
}
export type Tolerance = keyof typeof tolerances

/** A program that a backend must run as the reference does, step by step, each from the reference's state. */
export interface Case {
  readonly name: string
  readonly program: Program
  readonly state: HostTensors
  /** The draws of each step. */
  readonly steps: readonly { readonly [draw: string]: Float32Array }[]
  /** How far what it reports may be off. */
  readonly metrics: Tolerance
  /** How far the state’s moves may be off: they are what gradients made of it. */
  readonly moves: Tolerance
}

const tensors = (program: Program, values: { readonly [name: string]: Float64Array }): HostTensors =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => Object.hasOwn(program.state, name))
      .map(([name, value]) => [name, { shape: program.state[name] ?? [], values: Float32Array.from(value) }]),
  )

export const programCase = (
  name: string,
  program: Program,
  state: { readonly [name: string]: ArrayLike<number> },
  metrics: Tolerance = 'value',
): Case => ({
  name,
  program,
  state: tensors(
    program,
    Object.fromEntries(Object.entries(state).map(([key, value]) => [key, Float64Array.from(value)])),
  ),
  steps: [{}],
  metrics,
  moves: metrics,
})

/** So many steps of a game, from some state, on draws without a pattern. */
export const gameCase = (name: string, game: Compiled, steps: number, moves: Tolerance, scale = 0.5): Case => ({
  name,
  program: game.step,
  state: tensors(game.step, someState(game, 1, scale)),
  steps: Array.from({ length: steps }, (_, step) =>
    Object.fromEntries(
      Object.entries(someDraws(game.step, 1 + step)).map(([draw, values]) => [draw, Float32Array.from(values)]),
    ),
  ),
  metrics: 'value',
  moves,
})

/** The draws of all steps of a case, one after the other, as a backend takes them. */
export const joinedDraws = ({ program, steps }: Case): { readonly [draw: string]: Float32Array } =>
  Object.fromEntries(
    Object.entries(program.draws).map(([name, { shape }]) => {
      const joined = new Float32Array(steps.length * size(shape))
      for (const [i, draws] of steps.entries()) joined.set(draws[name] ?? [], i * size(shape))
      return [name, joined]
    }),
  )

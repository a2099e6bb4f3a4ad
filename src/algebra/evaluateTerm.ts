import type { Term } from '../dsl/terms/term.ts'
import { type Builder, createBuilder } from '../ir/builder.ts'
import { evaluate } from '../ir/evaluate.ts'
import { gradient } from '../ir/gradient.ts'
import { present } from '../ir/present.ts'
import type { NodeId, Program } from '../ir/program.ts'
import { lowerRules, simplify } from '../ir/simplify.ts'
import { lowerPointwise } from './pointwise.ts'

type Made = { readonly [metric: string]: NodeId }

/** Compiles a term to a simplified, numerically stable program over vectors of one length. */
const programOf = (
  variables: readonly string[],
  length: number,
  make: (b: Builder, variable: (name: string) => NodeId) => Made,
): Program => {
  const b = createBuilder(lowerRules)
  const nodes = new Map(variables.map((name) => [name, b.state(name, [length])]))
  const variable = (name: string): NodeId => nodes.get(name) ?? b.full([length], Number.NaN)
  return simplify(b.program({ writes: {}, metrics: make(b, variable) }))
}

const lowered = (b: Builder, term: Term, variable: (name: string) => NodeId, length: number): NodeId =>
  b.broadcast(
    lowerPointwise(b, term, (part) => (part.op === 'variable' ? variable(part.name) : undefined)),
    [length],
  )

/** Evaluates a pointwise term at many points, in float64. `at` holds the variables' values: arrays of one length, at least one array. */
export const evaluateTerm = (term: Term, at: { readonly [name: string]: readonly number[] }): readonly number[] => {
  const length = Object.values(at)[0]?.length ?? 1
  const program = programOf(Object.keys(at), length, (b, variable) => ({ value: lowered(b, term, variable, length) }))
  const state = Object.fromEntries(Object.entries(at).map(([name, values]) => [name, Float64Array.from(values)]))
  return [...present(evaluate(program, { state, draws: {}, step: 0 }).metrics.value, 'the value')]
}

/** The values of a function at some points, and of its first two derivatives. */
export interface Curve {
  readonly value: readonly number[]
  readonly slope: readonly number[]
  readonly curvature: readonly number[]
}

/** The program that computes a pointwise term of `t` and its first two derivatives at `length` points. */
export const curveProgram = (term: Term, length: number): Program =>
  programOf(['t'], length, (b, variable) => {
    const t = variable('t')
    const value = lowered(b, term, variable, length)
    const [slope = value] = gradient(b, value, [t])
    const [curvature = slope] = gradient(b, slope, [t])
    return { value, slope, curvature }
  })

/** Compiles a pointwise term of `t` to a function. */
export const curveOf = (term: Term): ((t: readonly number[]) => Curve) => {
  const programs = new Map<number, Program>()
  return (t) => {
    const program = programs.get(t.length) ?? curveProgram(term, t.length)
    programs.set(t.length, program)
    const { metrics } = evaluate(program, { state: { t: Float64Array.from(t) }, draws: {}, step: 0 })
    return {
      value: [...present(metrics.value, 'the value')],
      slope: [...present(metrics.slope, 'the slope')],
      curvature: [...present(metrics.curvature, 'the curvature')],
    }
  }
}

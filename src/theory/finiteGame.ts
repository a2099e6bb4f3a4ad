import * as E from '#fp-ts/Either'
import { isPointwise, lowerPointwise } from '../algebra/pointwise.ts'
import { text } from '../dsl/printing/text.ts'
import type { Term } from '../dsl/terms/term.ts'
import { partsOf } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import { type Builder, createBuilder } from '../ir/builder.ts'
import { evaluate } from '../ir/evaluate.ts'
import { gradient } from '../ir/gradient.ts'
import { at, present } from '../ir/present.ts'
import type { NodeId } from '../ir/program.ts'
import { lowerRules, simplify } from '../ir/simplify.ts'
import { climb, type Summit } from './climb.ts'
import type { Critic } from './critic.ts'
import type { Distribution } from './distribution.ts'
import type { Law } from './law.ts'
import { noTheory } from './noTheory.ts'
import { through } from './optimalDiscriminator.ts'
import { anyNumber, type Range } from './range.ts'

/**
 * An objective of any form on finite distributions. D is a table with one number per point, before its last layer. E is a weighted
 * sum over independent real and generated samples.
 */
export interface FiniteGame {
  readonly value: (table: readonly number[], p: Distribution, q: Distribution) => Derivatives
  /** A locally optimal table, found by Newton's method from the given one, or from zeros. */
  readonly best: (p: Distribution, q: Distribution, start?: readonly number[]) => Summit
}

export interface Derivatives {
  readonly value: number
  readonly byTable: readonly number[]
  readonly hessian: readonly (readonly number[])[]
  /** The value for a fixed table. */
  readonly byGenerated: readonly number[]
}

/** Makes the finite game of an objective that the critic maximises (sign 1) or minimises (sign -1). Left if it depends on more than D's scores. */
export const finiteGame = (
  critic: Critic,
  objective: Term,
  sign: 1 | -1,
  range: Range = anyNumber,
): E.Either<NoAnswer, FiniteGame> => {
  const stray = strayOf(critic, objective)
  if (stray !== undefined)
    return E.left(noTheory(`${text(objective)} depends on ${text(stray)}, which is not a function of D's scores`))
  const programs = new Map<number, ReturnType<typeof programOf>>()
  const value: FiniteGame['value'] = (table, p, q) => {
    const n = table.length
    const program = programs.get(n) ?? programOf(critic, objective, sign, range, n)
    programs.set(n, program)
    const state = { table: Float64Array.from(table), p: Float64Array.from(p), q: Float64Array.from(q) }
    const { metrics } = evaluate(program, { state, draws: {}, step: 0 })
    const list = (name: string): readonly number[] => [...present(metrics[name], name)]
    return {
      value: at(list('value'), 0),
      byTable: list('byTable'),
      hessian: table.map((_, i) => list(`row ${i}`)),
      byGenerated: list('byGenerated'),
    }
  }
  return E.right({
    value,
    best: (p, q, start = p.map(() => 0)) => climb((table) => value(table, p, q), start),
  })
}

/** Whether D sees samples of only one kind. */
const isPlain = (law: Law | undefined): boolean => law !== undefined && law.exchanged.most === 0

/** The first part that is not a function of D's scores, if any. */
const strayOf = (critic: Critic, term: Term): Term | undefined =>
  termsDownTo(term, critic.is).find((part) =>
    critic.is(part)
      ? !isPlain(critic.lawOf(part))
      : part.op !== 'E' && part.op !== 'pair' && (!isPointwise(part) || part.op === 'variable'),
  )

const programOf = (critic: Critic, objective: Term, sign: 1 | -1, range: Range, n: number) => {
  const b = createBuilder(lowerRules)
  const [table, p, q] = [b.state('table', [n]), b.state('p', [n]), b.state('q', [n])]
  const output = lowerPointwise(b, through(range, { op: 'variable', name: 't' }), (part) =>
    part.op === 'variable' ? table : undefined,
  )
  const value = b.mul(weighted(b, critic, output, p, q)(objective).node, b.number(sign))
  const [byTable = value, byGenerated = value] = gradient(b, value, [table, q])
  const rows = Array.from({ length: n }, (_, i) => {
    const [row = value] = gradient(b, b.slice(byTable, [i], [1]), [table])
    return [`row ${i}`, row]
  })
  return simplify(b.program({ writes: {}, metrics: { value, byTable, byGenerated, ...Object.fromEntries(rows) } }))
}

/** A value without axes, with axes for a real and a generated sample, or with axes for a pair of them. */
interface Weighted {
  readonly axes: number
  readonly node: NodeId
}

const weighted = (b: Builder, critic: Critic, output: NodeId, p: NodeId, q: NodeId): ((term: Term) => Weighted) => {
  const n = at(b.shape(p), 0)
  const full = (axes: number): readonly number[] => Array.from({ length: axes }, () => n)
  const weights = b.mul(b.reshape(p, [n, 1]), b.reshape(q, [1, n]))
  const spread = ({ axes, node }: Weighted, to: number): NodeId =>
    b.broadcast(axes === 2 && to === 4 ? b.reshape(node, [...b.shape(node), 1, 1]) : node, full(to))
  const done = new Map<Term, Weighted>()
  const lower = (term: Term): Weighted => {
    const weighted = done.get(term) ?? lowerOne(term)
    done.set(term, weighted)
    return weighted
  }
  const lowerOne = (term: Term): Weighted => {
    if (critic.is(term))
      return { axes: 2, node: b.reshape(output, critic.lawOf(term)?.kind === 'fake' ? [1, n] : [n, 1]) }
    if (term.op === 'E') {
      const of = lower(term.of)
      if (of.axes === 4) return { axes: 2, node: b.sum(b.mul(spread(of, 4), weights), [2, 3]) }
      return { axes: 0, node: b.sum(b.mul(spread(of, 2), weights)) }
    }
    if (term.op === 'pair') return { axes: 4, node: b.reshape(spread(lower(term.of), 2), [1, 1, n, n]) }
    const parts = new Map(Object.values(partsOf(term)).map((part) => [part, lower(part)]))
    const axes = [...parts.values()].reduce((most, part) => Math.max(most, part.axes), 0)
    const node = lowerPointwise(b, term, (part) => {
      const lowered = parts.get(part)
      return lowered === undefined ? undefined : spread(lowered, axes)
    })
    return { axes, node }
  }
  return lower
}

import { describe, expect, test } from 'vitest'
import { type Builder, createBuilder } from '../../src/ir/builder.ts'
import { evaluate } from '../../src/ir/evaluate.ts'
import { gradient } from '../../src/ir/gradient.ts'
import { at } from '../../src/ir/present.ts'
import { print } from '../../src/ir/print.ts'
import { type NodeId, type Program, type Shape, size } from '../../src/ir/program.ts'
import { lowerRules, simplify } from '../../src/ir/simplify.ts'
import { verify } from '../../src/ir/verify.ts'

type Link = (b: Builder, x: NodeId, i: number) => NodeId

/** Long chains of different links; a logarithm at the end looks far into some of them. */
const chains: { readonly [name: string]: { readonly link: Link; readonly end: (b: Builder, x: NodeId) => NodeId } } = {
  'a mixture': {
    link: (b, x, i) =>
      at(
        [b.tanh, b.neg, (y: NodeId) => b.mul(y, b.number(1 + i / 1e6)), (y: NodeId) => b.add(y, b.state('w', [2, 3]))],
        i % 4,
      )(x),
    end: (_, x) => x,
  },
  'a product, and its logarithm': {
    link: (b, x, i) => b.mul(x, b.sigmoid(b.state(`s${i}`, [2, 3]))),
    end: (b, x) => b.log(x),
  },
  'a power tower that shares every part, and its logarithm': {
    link: (b, x, i) => (i < 50 ? b.square(x) : b.mul(b.sigmoid(b.state('w', [2, 3])), x)),
    end: (b, x) => b.log(x),
  },
  'movements, and the logarithm of 1 - them': {
    link: (b, x, i) => {
      if (i === 0) return b.sigmoid(x)
      return i % 2 === 0 ? b.reshape(x, [2, 3]) : b.transpose(x, [1, 0])
    },
    end: (b, x) => b.log(b.sub(b.number(1), x)),
  },
  'a sum of states': {
    link: (b, x, i) => b.add(x, b.mul(b.state(`s${i}`, [2, 3]), b.number(2))),
    end: (b, x) => b.exp(x),
  },
}

const chain = (name: string, length: number): Program => {
  const { link, end } = at(
    [chains[name]].flatMap((known) => known ?? []),
    0,
  )
  const b = createBuilder(lowerRules)
  const [x, w] = [b.state('x', [2, 3]), b.state('w', [2, 3])]
  const last = Array.from({ length }, (_, i) => i).reduce<NodeId>((y, i) => link(b, y, i), x)
  const loss = b.sum(end(b, last))
  const [byX = loss, byW = loss] = gradient(b, loss, [x, w])
  return simplify(b.program({ writes: { x: b.sub(x, byX), w: b.sub(w, byW) }, metrics: { loss } }))
}

/** CPU time, in milliseconds: wall time says more of what else runs. The lesser of two. */
const cost = (work: () => void): number =>
  Math.min(
    ...[1, 2].map(() => {
      const start = process.cpuUsage()
      work()
      return process.cpuUsage(start).user / 1000
    }),
  )

describe('gradients and simplification of long programs: about linear time, and no depth overflows the stack', () => {
  for (const name of Object.keys(chains))
    test(name, () => {
      const program = chain(name, 8000)
      expect(verify(program)).toEqual([])
      expect(print(program).length).toBeGreaterThan(0)
      const zeros = ([key, shape]: [string, Shape]) => [key, new Float64Array(size(shape))] as const
      const state = Object.fromEntries(Object.entries(program.state).map(zeros))
      expect(evaluate(program, { state, draws: {}, step: 0 }).metrics.loss?.length).toBe(1)

      const [short, long] = [cost(() => chain(name, 2000)), cost(() => chain(name, 8000))]
      expect(long / short, `${short} ms, then ${long} ms`).toBeLessThan(8)
    })
})

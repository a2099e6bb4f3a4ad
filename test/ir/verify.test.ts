import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBuilder } from '../../src/ir/builder.ts'
import type { Node, NodeId, Program } from '../../src/ir/program.ts'
import { verify } from '../../src/ir/verify.ts'
import { programs } from '../laws/program.ts'

const b = createBuilder()
const x = b.state('x', [2, 3])
const y = b.draw('y', { shape: [3, 4], origin: { type: 'normal', stream: 'y' } })
const product = b.matmul(x, y)
const total = b.sum(product, [1])
const sound = b.program({ writes: { x: b.neg(x) }, metrics: { total } })

const withNode = (id: NodeId, change: Partial<Node>): Program => ({
  ...sound,
  // A change may tear a node's op and parameters apart: that is what is tested.
  nodes: sound.nodes.map((node, i) => (i === id ? ({ ...node, ...change } as Node) : node)),
})

// Ids that no builder gave.
const absent = 99 as NodeId
const negative = -1 as NodeId

describe('what verify finds', () => {
  test('nothing in a sound program', () => expect(verify(sound)).toEqual([]))

  const broken: { readonly [what: string]: readonly [Program, RegExp] } = {
    'an input that is later': [withNode(product, { inputs: [x, total] }), /%2 matmul reads %3, which is not earlier/],
    'an input that is the node itself': [withNode(product, { inputs: [x, product] }), /not earlier/],
    'an input that is not there': [withNode(product, { inputs: [x, absent] }), /reads %99/],
    'an input below 0': [withNode(product, { inputs: [negative, y] }), /reads %-1/],
    'a shape that the op does not make': [withNode(product, { shape: [4, 2] }), /says \[4, 2\].*make \[2, 4\]/],
    'operands that do not fit': [withNode(product, { inputs: [y, x] }), /%2 .*matmul of \[3, 4\] and \[2, 3\]/],
    'an input too few': [withNode(product, { inputs: [x] }), /takes 2 inputs, not 1/],
    'parameters out of range': [withNode(total, { op: 'sum', params: { axes: [2] } }), /axes \[2\] of shape \[2,4\]/],
    'a size that is no whole number': [withNode(total, { op: 'reshape', params: { shape: [-2, -4] } }), /\[-2,-4\]/],
    'a constant of too few values': [
      withNode(x, { op: 'constant', params: { shape: [2, 3], values: [1] } }),
      /1 values for a constant/,
    ],
    'a state tensor that is not declared': [{ ...sound, state: {} }, /%0: x is not declared/],
    'a state tensor of another shape': [{ ...sound, state: { x: [6] } }, /x is declared \[6\], not \[2, 3\]/],
    'a draw that is not declared': [{ ...sound, draws: {} }, /%1: y is not declared/],
    'a write of another shape': [{ ...sound, writes: { x: product } }, /write x: x is declared \[2, 3\], not \[2, 4\]/],
    'a write that is not declared': [{ ...sound, writes: { z: x } }, /write z: z is not declared/],
    'a write of what is not there': [{ ...sound, writes: { x: absent } }, /write x: there is no node %99/],
    'a metric that is not there': [{ ...sound, metrics: { total: absent } }, /metric total: there is no node %99/],
  }
  for (const [what, [program, message]] of Object.entries(broken))
    test(what, () => expect(verify(program).join('\n')).toMatch(message))

  test('any node of a random program whose shape is changed', () => {
    fc.assert(
      fc.property(programs, fc.nat(), (program, choice) => {
        const wrong = choice % program.nodes.length
        const nodes = program.nodes.map((node, i) => (i === wrong ? { ...node, shape: [...node.shape, 7] } : node))
        expect(verify({ ...program, nodes })).not.toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

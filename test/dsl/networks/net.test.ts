import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import { checkNetwork } from '../../../src/compile/network.ts'
import { addOutputs } from '../../../src/dsl/layers/add.ts'
import { batchNorm } from '../../../src/dsl/layers/batchNorm.ts'
import { concat } from '../../../src/dsl/layers/concat.ts'
import { conv2d } from '../../../src/dsl/layers/conv2d.ts'
import { convTranspose2d } from '../../../src/dsl/layers/convTranspose2d.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { flatten } from '../../../src/dsl/layers/flatten.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { parameter } from '../../../src/dsl/layers/parameter.ts'
import { relu, sigmoid } from '../../../src/dsl/layers/pointwise.ts'
import { reshape } from '../../../src/dsl/layers/reshape.ts'
import type { Layer } from '../../../src/dsl/layers/table.ts'
import { toGraph } from '../../../src/dsl/networks/graph.ts'
import type { Graph } from '../../../src/dsl/networks/layerGraph.ts'
import { type Net, outputs, share } from '../../../src/dsl/networks/net.ts'
import type { Shapes } from '../../../src/dsl/types/shape.ts'
import type { Shape } from '../../../src/ir/program.ts'

/** A graph on one line: `0:input x(), 1:dense 4(0) -> 1`. */
const show = (net: Graph): string => {
  const { nodes, output } = toGraph<Layer>(net, 'show')
  const shown = nodes.map(({ layer, from }, i) => {
    const what = layer.type === 'input' ? ` ${layer.name}` : layer.type === 'dense' ? ` ${layer.units}` : ''
    return `${i}:${layer.type}${what}(${from})`
  })
  return `${shown.join(', ')} -> ${JSON.stringify(output)}`
}

const checked = (net: Graph) => {
  const result = checkNetwork('N', toGraph(net, 'checked'), [])
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

describe('graphs', () => {
  test('a pipeline is a chain', () => {
    expect(show(pipe(input([8]), dense(4), relu))).toBe('0:input x(), 1:dense 4(0), 2:relu(1) -> 2')
  })

  test('options that are not given are absent', () => {
    expect(pipe(input([4, 4, 1]), conv2d({ filters: 2, kernel: 3 })).nodes[1]?.layer).toStrictEqual({
      type: 'conv2d',
      filters: 2,
      kernel: 3,
    })
    expect(pipe(input([4]), dense(1, { bias: false })).nodes[1]?.layer).toStrictEqual({
      type: 'dense',
      units: 1,
      bias: false,
    })
  })

  test('equal inputs are one input, all else is apart', () => {
    expect(show(concat(pipe(input([8]), dense(4)), pipe(input([8]), dense(4))))).toBe(
      '0:input x(), 1:dense 4(0), 2:dense 4(0), 3:concat(1,2) -> 3',
    )
    expect(show(concat(input([8]), input([3], 'label')))).toBe('0:input x(), 1:input label(), 2:concat(0,1) -> 2')
  })

  test('branches of share read one trunk, also within each other', () => {
    const net = pipe(
      input([8]),
      dense(4),
      share((a) =>
        pipe(
          a,
          dense(4),
          share((b) => outputs({ q: b, r: pipe(addOutputs(a, pipe(b, dense(4))), relu) })),
        ),
      ),
    )
    expect(show(net)).toBe(
      '0:input x(), 1:dense 4(0), 2:dense 4(1), 3:dense 4(2), 4:add(1,3), 5:relu(4) -> {"q":2,"r":5}',
    )
  })

  test('share refuses a network of several outputs, which it would have to choose from', () => {
    const heads = outputs({ q: pipe(input([2]), dense(1)), r: pipe(input([2]), dense(3)) })
    const unchecked = share((h) => h) as (net: unknown) => unknown
    expect(() => unchecked(heads)).toThrow(/share.*a network with one output/s)
  })

  test('outputs refuses a head of several outputs, whose names it would drop or replace', () => {
    const heads = pipe(
      input([2]),
      share((t) => outputs({ a: pipe(t, dense(1)), b: pipe(t, dense(3)) })),
    )
    const unchecked = outputs as (heads: object) => unknown
    expect(() => unchecked({ a: pipe(input([2]), dense(5)), both: heads })).toThrow(
      /outputs.*both.*a network with one output/s,
    )
  })

  test('a share that begins at another input does not mistake that trunk for the outer one', () => {
    const net = pipe(
      input([8]),
      dense(4),
      share((a) =>
        pipe(
          input([4], 'label'),
          share((b) => addOutputs(a, b)),
        ),
      ),
    )
    expect(show(net)).toBe('0:input x(), 1:dense 4(0), 2:input label(), 3:add(1,2) -> 3')
  })

  test('inputs within branches join those of the trunk', () => {
    const net = pipe(
      concat(input([8]), input([3], 'label')),
      dense(4),
      share((a) => concat(a, pipe(input([3], 'label'), dense(5)))),
    )
    expect(show(net)).toBe(
      '0:input x(), 1:input label(), 2:concat(0,1), 3:dense 4(2), 4:dense 5(1), 5:concat(3,4) -> 5',
    )
  })

  test('a name for two shapes is two inputs, for the check to refuse', () => {
    const graph: Graph = input([9])
    const net = concat(input([8]), graph as Net<{ readonly x: [8] }, [8]>)
    expect(show(net)).toBe('0:input x(), 1:input x(), 2:concat(0,1) -> 2')
    expect(E.isLeft(checkNetwork('N', toGraph(net, 'checked'), []))).toBe(true)
  })

  test('a block of layers is a layer', () => {
    const block = flow(conv2d({ filters: 8, kernel: 3 }), batchNorm, relu)
    expect(checked(pipe(input([4, 4, 1]), block, block)).outputs).toEqual({ '': [4, 4, 8] })
  })
})

describe('the types and the rules make the same shapes', () => {
  /** The shape is checked against the type by the compiler, and against the rules here. */
  const made = <S extends Shape>(net: Net<Shapes, S>, shape: NoInfer<S>): void => {
    expect(checked(net).outputs).toEqual({ '': shape })
  }

  test('dense, flatten, reshape', () => {
    made(pipe(input([5, 6]), dense(7)), [5, 7])
    made(pipe(input([5, 6, 2]), flatten), [60])
    made(pipe(input([]), flatten), [1])
    made(pipe(input([60]), reshape([3, 4, 5])), [3, 4, 5])
    made(pipe(parameter([3, 4], { type: 'zeros' }), dense(2)), [3, 2])
  })

  test('concat and addOutputs', () => {
    made(concat(input([2, 3], 'a'), input([2, 9], 'b')), [2, 12])
    made(addOutputs(input([2, 3], 'a'), input([2, 3], 'b')), [2, 3])
  })

  test('conv2d', () => {
    made(pipe(input([28, 29, 1]), conv2d({ filters: 4, kernel: 5 })), [28, 29, 4])
    made(pipe(input([28, 29, 1]), conv2d({ filters: 4, kernel: 5, stride: 2 })), [14, 15, 4])
    made(pipe(input([28, 29, 1]), conv2d({ filters: 4, kernel: 5, stride: 4, padding: 'valid' })), [6, 7, 4])
    made(pipe(input([28, 29, 1]), conv2d({ filters: 4, kernel: 4, stride: 2, padding: 1 })), [14, 14, 4])
    made(pipe(input([64, 64, 3]), conv2d({ filters: 4, kernel: 3, stride: 8, padding: 2 })), [9, 9, 4])
  })

  test('convTranspose2d', () => {
    made(pipe(input([7, 8, 1]), convTranspose2d({ filters: 4, kernel: 5, stride: 2 })), [14, 16, 4])
    made(pipe(input([1, 2, 1]), convTranspose2d({ filters: 4, kernel: 4, padding: 'valid' })), [4, 5, 4])
    made(pipe(input([3, 3, 1]), convTranspose2d({ filters: 4, kernel: 2, stride: 4, padding: 'valid' })), [12, 12, 4])
    made(pipe(input([4, 5, 1]), convTranspose2d({ filters: 4, kernel: 4, stride: 2, padding: 1 })), [8, 10, 4])
  })

  test('several inputs and outputs', () => {
    const net: Net<{ readonly z: [8]; readonly label: [3] }, { readonly real: [1]; readonly label: [3] }> = pipe(
      concat(input([8], 'z'), input([3], 'label')),
      share((h) => outputs({ real: pipe(h, dense(1), sigmoid), label: pipe(h, dense(3)) })),
    )
    expect(checked(net).inputs).toEqual({ z: [8], label: [3] })
    expect(checked(net).outputs).toEqual({ real: [1], label: [3] })
  })
})

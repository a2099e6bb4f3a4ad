import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { ArgumentError } from '../../../src/codecs/argument.ts'
import { compile } from '../../../src/compile/compile.ts'
import { spectralNorm } from '../../../src/dsl/layers/around.ts'
import { conv2d } from '../../../src/dsl/layers/conv2d.ts'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { flatten } from '../../../src/dsl/layers/flatten.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import { relu } from '../../../src/dsl/layers/pointwise.ts'
import { residual } from '../../../src/dsl/layers/residual.ts'
import { as } from '../../../src/dsl/networks/as.ts'
import { flow } from '../../../src/dsl/networks/flow.ts'
import type { Graph } from '../../../src/dsl/networks/layerGraph.ts'
import { type Net, outputs, share } from '../../../src/dsl/networks/net.ts'
import { pipe } from '../../../src/dsl/networks/pipe.ts'
import { showSpecError } from '../../../src/errors/specError.ts'
import * as losses from '../../../src/losses/losses.ts'
import { decode, encode } from '../../../src/spec/codec.ts'
import { gan } from '../../../src/spec/gan.ts'
import type { GameSpec } from '../../../src/spec/spec.ts'
import { generator, rest } from '../../types/ring.ts'

/** The kinds of the layers, with the names of those that have one. */
const namesOf = ({ nodes }: Graph): readonly string[] =>
  nodes.map(({ layer, name }) => (name === undefined ? layer.type : `${layer.type} ${name}`))

const gameOf = (discriminator: Net<{ readonly x: [2] }, [1]>): GameSpec =>
  gan({ ...rest, generator, discriminator, loss: losses.nonSaturating })

const stateOf = (game: GameSpec): readonly string[] => {
  const compiled = compile(game)
  if (E.isLeft(compiled)) throw new Error(compiled.left.errors.map(showSpecError).join('\n'))
  return compiled.right.state.map(({ name }) => name)
}

describe('a name', () => {
  test('is that of the layer, whose types and numbers stay', () => {
    const net: Net<{ readonly x: [8, 8, 3] }, [1]> = pipe(
      input([8, 8, 3]),
      as('edges', conv2d({ filters: 4, kernel: 3, stride: 2 })),
      as('bend', relu),
      flatten,
      as('score', spectralNorm(dense(1))),
    )
    expect(namesOf(net)).toEqual(['input', 'conv2d edges', 'relu bend', 'flatten', 'dense score'])
    const plain = pipe(input([2]), dense(3), relu, dense(1))
    const named = pipe(input([2]), as('first', dense(3)), relu, dense(1))
    expect({ ...named, nodes: named.nodes.map(({ name: _, ...node }) => node) }).toEqual(plain)
  })

  test('of a block is that of each layer, with its place or its own name', () => {
    const block = as('up', flow(dense(4), relu, as('last', dense(2))))
    expect(namesOf(pipe(input([2]), block, dense(1)))).toEqual([
      'input',
      'dense up.0',
      'relu up.1',
      'dense up.last',
      'dense',
    ])
  })

  test('stays in branches, and leaves the trunk alone', () => {
    const net = pipe(
      input([2]),
      dense(4),
      as('way', residual(flow(dense(8), relu, dense(4)))),
      share((h) => outputs({ real: pipe(h, as('real', dense(1))), label: pipe(h, dense(3)) })),
    )
    expect(namesOf(net)).toEqual([
      'input',
      'dense',
      'dense way.0',
      'relu way.1',
      'dense way.2',
      'add way.3',
      'dense real',
      'dense',
    ])
  })

  test('stands in the names of tensors, wherever the layer stands', () => {
    const game = gameOf(pipe(input([2]), as('first', dense(3)), relu, dense(1)))
    const later = gameOf(pipe(input([2]), relu, relu, as('first', dense(3)), dense(1)))
    for (const each of [game, later]) {
      expect(stateOf(each)).toContain('D/first/kernel')
      expect(stateOf(each)).toContain('discriminator/m/D/first/bias')
    }
    expect(stateOf(game)).toContain('D/3.dense/kernel')
  })

  test('is stored with the spec', () => {
    const game = gameOf(pipe(input([2]), as('first', dense(3)), dense(1)))
    expect(decode(JSON.parse(JSON.stringify(encode(game))))).toEqual(E.right(game))
  })

  test('of two layers of a network is a mistake, with both places', () => {
    const block = as('again', dense(3))
    const checked = compile(gameOf(pipe(input([2]), block, relu, block, dense(1))))
    expect(E.isLeft(checked) && checked.left.errors.map(showSpecError)).toEqual([
      "networks.D.nodes.3.name: expected a name that no other layer of the network has, found 'again', the name of networks.D.nodes.1 too\n  give one of the two layers another name: as(name, layer)",
    ])
  })

  test.each(['', '8to', 'to/8', 'toString'])('%j is refused', (name) => {
    expect(() => as(name, dense(1))).toThrow(ArgumentError)
  })
})

test('what is no layer is refused', () => {
  const unchecked = (...args: readonly unknown[]): unknown => Reflect.apply(as, undefined, args)
  expect(() => unchecked('first', pipe(input([2]), dense(1)))).toThrow(
    'as: layers: expected a function, found a network',
  )
  expect(() => unchecked(3, dense(1))).toThrow('as: name: expected a name, found 3')
})

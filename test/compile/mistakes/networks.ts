import { type Case, good, inputNode, net } from './game.ts'

export const networkCases: readonly Case[] = [
  ['no layers', net('D', []), 'networks.D.nodes', /at least one layer/],
  [
    'a layer that reads a later one',
    net('D', [
      { ...inputNode, from: [] },
      { layer: { type: 'relu' }, from: [1] },
    ]),
    'networks.D.nodes.1.from',
    /1 earlier node for relu, found \[1\]/,
  ],
  [
    'a layer that reads too many',
    net('D', [inputNode, { layer: { type: 'relu' }, from: [0, 0] }]),
    'networks.D.nodes.1.from',
    /1 earlier node/,
  ],
  [
    'no units',
    net('D', [inputNode, { layer: { type: 'dense', units: 0 }, from: [0] }]),
    'networks.D.nodes.1.layer',
    /whole number above 0, found 0/,
  ],
  [
    'an image layer on a vector',
    net('D', [inputNode, { layer: { type: 'conv2d', filters: 1, kernel: 3 }, from: [0] }]),
    'networks.D.nodes.1.layer',
    /an image.*found \[2\]/,
  ],
  ['an output that is not there', net('D', [inputNode], 3), 'networks.D.output', /index of a node, 0 to 0, found 3/],
  ['a named output that is not there', net('D', [inputNode], { a: 0, b: -1 }), 'networks.D.output.b', /found -1/],
  [
    'two inputs of a name',
    net('D', [inputNode, { ...inputNode, layer: { type: 'input', name: 'x', shape: [3] } }]),
    'networks.D.nodes.1.layer.name',
    /a second input 'x'/,
  ],
  [
    'a name with a slash',
    { ...good, networks: { ...good.networks, 'a/b': { nodes: [inputNode], output: 0 } } },
    'networks.a/b',
    /a key that is a name/,
  ],
]

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineOf } from '../../../src/cli/source/lineOf.ts'

const line = (text: string, path: string): number | undefined => lineOf(text, path === '' ? [] : path.split('.'))

const key = fc.stringMatching(/^[a-z]{1,5}$/)
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('1', "'}'", '`{`', '[1, { a: 2 }]', 'f(1, 2)', '(a, b) => ({ c: a })', 'a ? b : c'),
    fc.uniqueArray(fc.tuple(key, tie('tree')), { selector: ([name]) => name, minLength: 1, maxLength: 4 }),
  ),
}))
type Tree = string | [string, Tree][]

const write = (value: Tree): string =>
  typeof value === 'string'
    ? value
    : `{\n${value.map(([name, inner]) => `// ${name}: {\n${name}: ${write(inner)},\n`).join('')}}`

/** Each path of a tree, and the line on which `write` puts its property. */
const linesIn = (value: Tree, path: readonly string[], from: number): readonly [readonly string[], number][] => {
  if (typeof value === 'string') return []
  const found: [readonly string[], number][] = []
  let at = from + 2
  for (const [name, inner] of value) {
    found.push([[...path, name], at], ...linesIn(inner, [...path, name], at))
    at += write(inner).split('\n').length + 1
  }
  return found
}

test('each property of an object of objects is found on its line', () => {
  fc.assert(
    fc.property(tree, (value) => {
      const text = `export default ${write(value)}\n`
      for (const [path, expected] of linesIn(value, [], 1)) expect(lineOf(text, path)).toBe(expected)
    }),
  )
})

test('any text has a line of its own, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(key), (rest, path) => {
      const text = `export default {\n a: 1, ${rest}`
      const found = lineOf(text, path)
      expect(found === undefined || (found >= 1 && found <= text.split('\n').length)).toBe(true)
    }),
  )
})

const spec = (...lines: readonly string[]): string =>
  ["import { adam, game, gan, type Net } from 'saddlepoint'", ...lines].join('\n')

test.each([
  ['an option', spec('export default game({', '  batch: 1,', '})'), 'batch', 3],
  ['an option that is missing', spec('export default game({', '  steps: 1,', '})'), 'batch', 2],
  ['a constant', spec('const size = 0', 'export default game({', '  batch: size,', '})'), 'batch', 2],
  ['a shorthand', spec('const batch: number = 0', 'export default game({ batch })'), 'batch', 2],
  ['a spec that is a constant', spec('const s = game({', '  batch: 0 })', '', 'export default s'), 'batch', 3],
  ['options that are a constant', spec('const o = {', '  batch: 0 }', '', 'export default game(o)'), 'batch', 3],
  ['a type behind', spec('export default game({', '  batch: 0,', '} as any) satisfies object;'), 'batch', 3],
  [
    'a name that is imported from elsewhere',
    spec("import { G } from './g.ts'", 'export default game({', ' networks: { G },', '})'),
    'networks.G.nodes.0',
    4,
  ],
  [
    'a name that may change',
    spec('const a = 1', 'let b = 2', 'export default game({', '  batch: b,', '})'),
    'batch',
    5,
  ],
  [
    'an option of a call',
    spec('export default game({', ' optimizers: {', '  g: adam({', '   lr: 1,', '  }) } })'),
    'optimizers.g.lr',
    5,
  ],
  [
    'a default of a call',
    spec('export default game({', ' optimizers: {', '  g: adam({', '   lr: 1,', '  }) } })'),
    'optimizers.g.beta1',
    4,
  ],
  ['a later spread elsewhere', spec('export default game({', ' ...base,', ' batch: 0,', '})'), 'batch', 4],
  ['the last of two', spec('export default game({', ' batch: 1,', ' batch: 0,', '})'), 'batch', 4],
  ['a key in quotes', spec('export default game({', ' "batch": 1 })'), 'batch', 3],
  ['G of gan', spec('export default gan({', ' generator: 1,', ' discriminator: 2 })'), 'networks.G.nodes', 3],
  ['D of gan', spec('export default gan({', ' generator: 1,', ' discriminator: 2 })'), 'networks.D.nodes', 4],
  ['data of gan', spec('export default gan({', ' data: npy({', '  shape: [] }) })'), 'sources.data.shape', 4],
  ['the objective of gan', spec('export default gan({', ' loss: 1 })'), 'players.generator.objective', 2],
  ['the average of gan', spec('export default gan({', ' averages: {', '  generator: 1 } })'), 'averages.G', 4],
])('%s', (_, text, path, expected) => {
  expect(line(text, path)).toBe(expected)
})

test.each([
  ['a spread behind', spec('export default game({', ' batch: 0,', ' ...base })'), 'batch'],
  ['a computed key behind', spec('export default game({', ' batch: 0,', ' [k]: 1 })'), 'batch'],
  ['a getter', spec('export default game({', ' get batch() { return 0 } })'), 'batch'],
  ['a spread that may have it', spec('export default game({ ...base })'), 'batch'],
  ['a function of the user', spec('export default make({ batch: 0 })'), 'batch'],
  ['a game of the user', "import { game } from './mine.ts'\nexport default game({ batch: 0 })", 'batch'],
  ['another name for game', "import { gan as game } from 'saddlepoint'\nexport default game({ batch: 0 })", 'batch'],
  ['what is done with a game', spec('export default game({ batch: 0 }).with(1)'), 'batch'],
  ['a choice', spec('export default x ? game({ batch: 0 }) : game({ batch: 1 })'), 'batch'],
  ['a constant that names itself', spec('const a = a', 'export default a'), 'batch'],
  ['no default', spec('export { a as default }'), 'batch'],
  ['brackets that do not match', spec('export default game({ batch: 0 )}'), 'batch'],
])('%s: none', (_, text, path) => {
  expect(line(text, path)).toBe(undefined)
})

test('a layer of a pipe is found on its line, as long as each argument before it makes one node', () => {
  const text = (second: string) =>
    `import { dense, flow, gan, input, pipe, relu } from 'saddlepoint'
const own = flow(dense(4), relu)
export default gan({
  generator: pipe(
    input([2]),
    ${second},
    relu,
    dense(3),
  ),
})
`
  const lines = (second: string) => [0, 1, 2, 3].map((i) => line(text(second), `networks.G.nodes.${i}.layer`))
  expect(lines('dense(64)')).toEqual([5, 6, 7, 8])
  expect(lines('flow(dense(4), relu)')).toEqual([5, 4, 4, 4])
  expect(lines('own')).toEqual([5, 4, 4, 4])
})

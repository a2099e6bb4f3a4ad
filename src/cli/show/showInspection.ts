import { showSpecWarning } from '../../errors/warnings.ts'
import { type Shape, showShape } from '../../ir/program.ts'
import type { Summit } from '../../theory/climb.ts'
import type { Formula, KnownTheory, PairTheory, TheoryReport, UnknownTheory } from '../../theory/describe.ts'
import type { Observed } from '../../theory/observed.ts'
import type { Optimum } from '../../theory/optimalDiscriminator.ts'
import type { Inspection, LayerReport, NetworkReport } from '../inspection.ts'
import { columns, section } from './columns.ts'
import { provenanceRows } from './provenanceRows.ts'

type Notation = keyof Formula

const shapes = (named: { readonly [name: string]: Shape }): string =>
  Object.entries(named)
    .map(([name, shape]) => `${name} ${showShape(shape)}`.trim())
    .join(', ')

/** Formats a count as `1,234,567`. `toLocaleString` would load large tables. */
const number = (value: number): string => `${value}`.replace(/\B(?=(\d{3})+$)/g, ',')

/** Shows a game: its parts, and its theory. */
export const showInspection = (found: Inspection, notation: Notation): string =>
  [
    ...found.networks.map(showNetwork),
    section(
      'Sources',
      columns(found.sources.map(({ name, role, type, fields }) => [name, role, type, shapes(fields)])),
    ),
    section(
      'Players',
      found.players.flatMap(({ name, goal, over, objective, optimizer }) => [
        `${name} ${goal}s over ${over.join(', ')} (${optimizer[notation]})`,
        `  ${objective[notation]}`,
      ]),
    ),
    section(
      'Declared with gan',
      found.provenance === undefined ? [] : columns(provenanceRows(found.provenance, notation)),
    ),
    section('Play', [
      found.dynamics,
      ...found.averages.map((average) => `weights averaged: ${average}`),
      ...(found.samples === undefined ? [] : [`samples: ${found.samples[notation]}`]),
      `batch ${found.batch}, ${number(found.steps)} steps, seed ${found.seed}`,
    ]),
    section(
      'Warnings',
      found.warnings.flatMap((warning) => showSpecWarning(warning).split('\n')),
    ),
    ...found.theory.map((each) => showTheory(each, notation)),
  ]
    .filter((part) => part !== '')
    .flatMap((part) => part.split('\n'))
    .map((line) => (notation === 'text' ? cut(line) : line))
    .join('\n')

/** The longest line in characters. The formulas of image views would fill pages. */
const longest = 1000
const cut = (line: string): string =>
  line.length <= longest
    ? line
    : `${line.slice(0, longest)} … (--json and --latex show all ${number(line.length)} characters)`

const showNetwork = ({ name, inputs, outputs, layers, count }: NetworkReport): string =>
  section(
    `Network ${name}: ${shapes(inputs) || 'nothing'} → ${shapes(outputs)}, ${number(count)} parameters`,
    columns(layers.map((layer, i) => layerRow(layer, i))),
  )

const layerRow = (
  { layer, name, weights, from, shape, parameters, count }: LayerReport,
  index: number,
): readonly string[] => {
  const reads = from.length === 1 && from[0] === index - 1 ? '' : from.length === 0 ? '' : `of ${from.join(', ')}`
  return [
    `${index}`,
    [name === undefined ? layer : `${name}: ${layer}`, ...(weights === undefined ? [] : [weights])].join(', '),
    showShape(shape),
    count === 0 ? '' : number(count),
    [shapes(parameters), reads].join(' ').trim(),
  ]
}

const showTheory = (theory: TheoryReport[number], notation: Notation): string => {
  const { discriminator, generator } = theory.pairing
  const title = `Theory: ${discriminator.player} (${discriminator.network}) against ${generator.player} (${generator.networks.join(', ')})`
  return section(title, theory.type === 'unknown' ? unknownLines(theory, notation) : pairLines(theory, notation))
}

const observedRows = (observed: Observed | undefined): readonly (readonly string[])[] =>
  observed === undefined
    ? []
    : [
        ['D sees', `P = ${observed.real} in the place of data`],
        ['', `Q = ${observed.fake} in the place of samples; p and q are their densities`],
        ...observed.notes.map((note) => ['', note]),
      ]

const unknownLines = ({ observed, reason, finite, loss }: UnknownTheory, notation: Notation): readonly string[] => [
  ...columns(observedRows(observed)),
  ...(loss === undefined
    ? [`not known: ${reason}`]
    : [
        `not decided point by point: ${reason}`,
        ...columns([...lossRows(loss, notation), ['value at equilibrium', loss.equilibrium]]),
      ]),
  ...columns(finite.map(({ p, q, best }) => [distributions(observed, p, q), `best reply ${showBest(best)}`])),
]

const distributions = (observed: Observed | undefined, p: readonly number[], q: readonly number[]): string =>
  `data ${showNumbers(p)}, samples ${showNumbers(q)}${observed?.viewed === true ? ', as seen' : ''}`

const showNumbers = (values: readonly number[]): string => `(${values.map(round).join(', ')})`

const showBest = (best: Summit): string => {
  switch (best.type) {
    case 'top':
      return `${showNumbers(best.table)}, where V is ${round(best.value)}`
    case 'unbounded':
      return 'unbounded: V rises without end'
    case 'unknown':
      return `not known: ${best.reason}`
  }
}

const pairLines = (theory: PairTheory, notation: Notation): readonly string[] => {
  const { loss, discriminator, generator, setAside, observed } = theory
  const [over, made] = observed === undefined ? (['data', 'g'] as const) : (['P', 'Q'] as const)
  const constant = discriminator.constant === 0 ? '' : ` + ${round(discriminator.constant)}`
  const rows = [
    ...observedRows(observed),
    ['D(x)', `t, a ${theory.reading} in ${theory.range}`],
    [
      'D makes great',
      `${expectation(over, discriminator.real, notation)} + ${expectation(made, discriminator.fake, notation)}${constant}`,
    ],
    [
      'G makes small',
      `${expectation('g', generator.fake, notation)}${generator.over === 'p_g' ? '' : `, g = ${generator.over}`}${generator.of === 'best' ? ', of the samples that D ranks highest' : ''}`,
    ],
    ...setAside.map((part) => ['set aside', part[notation]]),
    ...(loss === undefined ? [['loss', 'none that is known here']] : lossRows(loss, notation)),
    ['value at equilibrium', equilibrium(theory)],
    ...(theory.threshold === undefined
      ? []
      : [['taken for real', `D ${theory.threshold.real} ${round(theory.threshold.value)}`]]),
    ...theory.optimum.map(({ p, q, optimum }) => [`D* where p : q is ${p} : ${q}`, showOptimum(optimum)]),
    ...theory.finite.map(({ p, q, replies, value }) => [
      distributions(observed, p, q),
      `best reply (${replies.map(showOptimum).join(', ')}), where V is ${Number.isNaN(value) ? 'not known' : round(value)}`,
    ]),
  ]
  return columns(rows)
}

const expectation = (over: 'data' | 'g' | 'P' | 'Q', of: Formula, notation: Notation): string =>
  notation === 'text' ? `E_${over}[${of.text}]` : `\\mathbb{E}_{\\mathrm{${over}}}\\left[${of.latex}\\right]`

const equilibrium = ({ equilibrium: value, loss }: PairTheory): string => {
  const number = Number.isFinite(value) ? round(value) : 'not known'
  if (loss === undefined) return number
  return loss.equilibrium.endsWith(number) ? loss.equilibrium : `${loss.equilibrium} = ${number}`
}

const lossRows = (loss: KnownTheory, notation: Notation): readonly (readonly string[])[] => {
  const parameters = Object.entries(loss.parameters).map(([name, value]) => `${name} = ${value}`)
  return [
    ['loss', [loss.loss, ...parameters].join(', ')],
    ...(loss.optimum === undefined ? [] : [['optimal D*', loss.optimum[notation]]]),
    ...(loss.probability === undefined || loss.probability.text === loss.optimum?.text
      ? []
      : [['  as a probability', loss.probability[notation]]]),
    ...(loss.upTo === undefined ? [] : [['', loss.upTo]]),
    ...(loss.open === undefined ? [] : [['optimal D*', loss.open]]),
    ...(loss.constraint === undefined ? [] : [['constraint', loss.constraint]]),
    ['V(D*, G)', loss.value],
    ['divergence', loss.divergence],
    ["G's gradient, D* fixed", loss.generator],
  ]
}

const round = (value: number): string =>
  Number.isFinite(value) ? `${Number(value.toPrecision(6))}` : value > 0 ? '∞' : '−∞'

const showOptimum = (optimum: Optimum): string => {
  switch (optimum.type) {
    case 'unique':
      return round(optimum.value)
    case 'set':
      return `anything from ${round(optimum.low)} to ${round(optimum.high)}`
    case 'unbounded':
      return `unbounded: ${optimum.constraint}`
    case 'unknown':
      return `not known: ${optimum.reason}`
  }
}

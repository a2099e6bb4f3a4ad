import * as E from '#fp-ts/Either'
import type { Confusion } from './confusion.ts'
import type { Estimate } from './estimate.ts'
import type { Setting } from './setting.ts'
import type { Measured, Reply, Summary } from './summary.ts'
import { equilibriumValue } from './textbookValue.ts'

/** A line of the table: what is measured, and what was found. */
type Row = readonly [string, string]

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const count = (number: number): string => number.toLocaleString('en')

/** A summary as lines of plain text, in two columns; what could not be measured says why. */
export const showSummary = (summary: Summary): string => {
  const rows = [...modeRows(summary.modes), ...confusionRows(summary), ...replyRows(summary), ...ownRows(summary)]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, found]) => `${name.padEnd(width)}  ${found}`.trimEnd())
  return [...lines, ...notes(summary)].map((line) => `${line}\n`).join('')
}

const rowsOf = <A>(name: string, measured: Measured<A>, rows: (value: A) => readonly Row[]): readonly Row[] =>
  E.isRight(measured) ? rows(measured.right) : [[name, `not measured: ${measured.left.message}`]]

const modeRows = (modes: Summary['modes']): readonly Row[] =>
  rowsOf('modes', modes, ({ generated, real }) => [
    [
      'modes found',
      `${generated.found} of ${generated.modes} by ${count(generated.samples)} samples, ${percent(generated.highQuality)} of them of high quality`,
    ],
    ['  high quality', `within 3 standard deviations of a mode, as ${percent(real.highQuality)} of real samples are`],
    ['  how evenly', `a mode gets ${times(generated.shares)} its share of samples, of real ones ${times(real.shares)}`],
  ])

const times = ([smallest, largest]: readonly [number, number]): string =>
  `${smallest.toFixed(2)} to ${largest.toFixed(2)} times`

const packOf = ({ setting }: Summary): number => (E.isRight(setting) ? setting.right.pack : 1)

const confusionRows = (summary: Summary): readonly Row[] =>
  rowsOf('D as a classifier', summary.confusion, (found) => {
    const pack = packOf(summary)
    const samples = `${summary.real === 'fresh' ? 'fresh ' : ''}${pack > 1 ? `packs of ${pack} ` : ''}samples`
    const [real, generated] = sides(found)
    return [
      ['D as a classifier', `right on ${percent(found.accuracy)} of ${samples}  (at equilibrium a coin toss, 50 %)`],
      ['  real samples', real],
      ['  generated samples', generated],
    ]
  })

const sides = (found: Confusion): readonly [string, string] => {
  const side = (asReal: number, asGenerated: number): string => {
    const all = asReal + asGenerated
    return `taken for real ${percent(asReal / all).padStart(7)}, for generated ${percent(asGenerated / all).padStart(7)}`
  }
  return [side(found.realAsReal, found.realAsGenerated), side(found.generatedAsReal, found.generatedAsGenerated)]
}

const replyRows = (summary: Summary): readonly Row[] =>
  rowsOf('best reply', summary.bestReply, (reply) => {
    const pack = packOf(summary)
    const rows = isTextbook(summary, reply) ? valueRows(reply) : logLossRows(reply)
    return pack === 1 ? rows : rows.map(([name, found]) => [`${name}, per pack of ${pack}`, found] as const)
  })

/** Whether D's own objective is V: else its value is another than V, and has another equilibrium. */
const isTextbook = ({ ownValue }: Summary, { reading }: Reply): boolean =>
  reading !== 'score' &&
  (E.isLeft(ownValue) ||
    ownValue.right.equilibrium === undefined ||
    ownValue.right.equilibrium === fixed(equilibriumValue))

const valueRows = (reply: Reply): readonly Row[] => [
  ['V of the best reply', whole(reply, reply.best, nats, bestWords(reply))],
  ...(reply.trained === undefined ? [] : [['V of the trained D', nats(reply.trained)] as const]),
  ['V at equilibrium', `${fixed(reply.equilibrium)}  (-log 4; 0 where D tells all samples apart)`],
]

/** V of the best of a few critics, from below, and whose it is. */
const bestWords = ({ best, fresh, planned }: Reply): string => {
  const anew = `trained anew for ${count(planned)} steps`
  switch (best.of) {
    case 'fresh':
      return `D ${anew}: a lower bound`
    case 'trained':
      return `the trained D: a lower bound; one ${anew} has ${fixed(fresh.value)}`
    case 'constant':
      return `a constant D: a lower bound; one ${anew} has ${fixed(fresh.value)}`
  }
}

const logLossRows = (reply: Reply): readonly Row[] => [
  [
    'log loss of a fresh classifier',
    whole(
      reply,
      bestOfFresh(reply),
      logLoss,
      `D's network trained anew for ${count(reply.planned)} steps: an upper bound`,
    ),
  ],
  ...(reply.trained === undefined ? [] : [['log loss of the trained D', logLoss(reply.trained)] as const]),
  ['log loss at equilibrium', `${fixed(Math.log(2))}  (log 2, a coin toss; 0 where all samples are told apart)`],
]

/** A classifier that says 1/2 of every sample is as good as none. */
const bestOfFresh = ({ fresh, equilibrium }: Reply): Estimate =>
  fresh.value > equilibrium ? fresh : { value: equilibrium, standardError: 0 }

/** A value with its error and words, or how far its training came. */
const whole = ({ steps, planned }: Reply, value: Estimate, show: (value: Estimate) => string, words: string): string =>
  steps < planned
    ? `${show(value).replace(/ ±.*/, '')}  (cut short after ${count(steps)} of ${count(planned)} steps)`
    : `${show(value)}  (${words})`

const ownRows = (summary: Summary): readonly Row[] => {
  const { ownValue, bestReply } = summary
  if (E.isRight(bestReply) && isTextbook(summary, bestReply.right)) return []
  // Why nothing at all was measured is said already.
  if (E.isLeft(summary.setting)) return []
  return rowsOf("value of D's objective", ownValue, (own) => [
    [
      "value of D's objective",
      `${nats(own)}  (${own.penalised ? 'without penalties; ' : ''}at equilibrium ${own.equilibrium ?? 'not known'})`,
    ],
  ])
}

const notes = ({ setting, real }: Summary): readonly string[] => [
  ...(E.isRight(setting) ? settingNotes(setting.right) : []),
  ...(real === 'seen' ? ['The real samples are rows of the data set, which training has seen too.'] : []),
]

const settingNotes = ({ batch, training, averaged, views, memory }: Setting): readonly string[] => [
  ...(batch === undefined
    ? []
    : [`D is measured as it plays: by the statistics of batches of ${batch}, real and generated samples apart.`]),
  ...(training && batch === undefined ? ['D is measured as it plays: with its dropout and noise.'] : []),
  ...(averaged.length === 0
    ? []
    : [`Generated samples are made by the averaged weights of ${averaged.join(', ')}; D has those of its last step.`]),
  ...(views ? ['D is measured on samples as it sees them, through what its objective does to them.'] : []),
  ...(memory ? ['What D sees depends on memory of its player; it is measured with the memory of the first step.'] : []),
]

/** Without the sign of a zero. */
const fixed = (value: number): string => value.toFixed(3).replace(/^-(0\.0*)$/, '$1')

const nats = ({ value, standardError }: Estimate): string => `${fixed(value)} ± ${fixed(standardError)}`

/** The mean of -log of the probability that each sample gets for what it is: minus half of V. */
const logLoss = ({ value, standardError }: Estimate): string =>
  nats({ value: -value / 2, standardError: standardError / 2 })

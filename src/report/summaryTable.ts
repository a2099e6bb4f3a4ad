import * as E from '#fp-ts/Either'
import type { Estimate } from '../analysis/estimate.ts'
import type { Confusion } from '../evaluation/confusion.ts'
import type { Measured, Summary } from '../evaluation/summary.ts'

/** A line of the table: what is measured, and what was found. */
type Row = readonly [string, string]

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** A summary as lines of plain text, in two columns; what could not be measured says why. */
export const showSummary = (summary: Summary): string => {
  const rows = [...modeRows(summary.modes), ...confusionRows(summary), ...valueRows(summary.bestReply)]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, found]) => `${name.padEnd(width)}  ${found}`.trimEnd())
  const note = 'The real samples are rows of the data set, which training has seen too.'
  return [...lines, ...(summary.real === 'seen' ? [note] : [])].map((line) => `${line}\n`).join('')
}

const rowsOf = <A>(name: string, measured: Measured<A>, rows: (value: A) => readonly Row[]): readonly Row[] =>
  E.isRight(measured) ? rows(measured.right) : [[name, `not measured: ${measured.left}`]]

const modeRows = (modes: Summary['modes']): readonly Row[] =>
  rowsOf('modes', modes, ({ generated, real }) => [
    ['modes found', `${generated.found} of ${generated.modes}`],
    [
      'high-quality samples',
      `${percent(generated.highQuality)}  (within 3 standard deviations of a mode; of real samples ${percent(real.highQuality)})`,
    ],
  ])

const confusionRows = ({ confusion, real: data }: Summary): readonly Row[] =>
  rowsOf('D as a classifier', confusion, (found) => {
    const samples = data === 'fresh' ? 'fresh samples' : 'samples'
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

const valueRows = (bestReply: Summary['bestReply']): readonly Row[] =>
  rowsOf('V against a best reply', bestReply, ({ fresh, trained, equilibrium, steps }) => [
    ['V of a fresh best reply', `${nats(fresh)}  (D trained anew for ${steps} steps: a lower bound)`],
    ['V of the trained D', nats(trained)],
    ['V at equilibrium', `${equilibrium.toFixed(3)}  (-log 4; 0 where D tells all samples apart)`],
  ])

/** Without the sign of a zero. */
const fixed = (value: number): string => value.toFixed(3).replace(/^-(0\.0*)$/, '$1')

const nats = ({ value, standardError }: Estimate): string => `${fixed(value)} ± ${fixed(standardError)}`

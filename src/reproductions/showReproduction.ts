import { maxOf } from '../ir/numbers.ts'
import { at } from '../ir/present.ts'
import type { Column, Protocol, Published, Row } from './protocol.ts'
import type { Trial } from './trial.ts'

/** A protocol's table, and what its settings are taken from. */
export const showReproduction = (protocol: Protocol, trials: readonly Trial[]): string =>
  [showTable(protocol, trials), ...protocol.settings.map((setting) => `- ${setting}`), ''].join('\n')

/** A protocol's table in Markdown: the paper's numbers, and under each line ours, trials of equal length together. */
export const showTable = (protocol: Protocol, trials: readonly Trial[]): string => {
  const metrics = Object.entries(protocol.metrics)
  const lines = protocol.rows.flatMap((row) => linesOf(protocol, row, trials))
  const header = ['', 'steps', 'trials', ...metrics.map(([, { name }]) => name), 'time of a trial']
  return [
    `${protocol.paper}, ${protocol.place}`,
    '',
    ...aligned([header, ...lines]),
    '',
    [
      ...(protocol.spread === undefined ? [] : [`The paper's spread: ${protocol.spread}.`]),
      'Ours: standard error of the mean over the trials.',
    ].join(' '),
    ...machines(trials),
    '',
  ].join('\n')
}

const linesOf = (protocol: Protocol, row: Row, trials: readonly Trial[]): readonly (readonly string[])[] => {
  const metrics = Object.entries(protocol.metrics)
  const paper = [
    `${row.name}, paper`,
    row.game.steps.toLocaleString('en'),
    `${protocol.trials}`,
    ...metrics.map(([key, metric]) => showPublished(metric, row.published[key])),
    '',
  ]
  const mine = trials.filter((trial) => trial.row === row.name)
  const lengths = [...new Set(mine.map(({ steps }) => steps))].sort((a, b) => a - b)
  return [
    ...(Object.keys(row.published).length === 0 ? [] : [paper]),
    ...lengths.map((steps) =>
      ourLine(
        row,
        protocol,
        mine.filter((trial) => trial.steps === steps),
      ),
    ),
  ]
}

const ourLine = (row: Row, { metrics }: Protocol, trials: readonly Trial[]): readonly string[] => {
  const failed = trials.filter(({ diverged }) => diverged !== undefined).length
  return [
    `${row.name}, ours`,
    at(trials, 0).steps.toLocaleString('en'),
    failed === 0 ? `${trials.length}` : `${trials.length}, ${failed} ended in NaN`,
    ...Object.entries(metrics).map(([key, metric]) =>
      showOurs(
        metric,
        trials.flatMap(({ values }) => values[key] ?? []),
      ),
    ),
    clock(meanOf(trials.map(({ seconds }) => seconds))),
  ]
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Of the mean; undefined of a single value, which has none. */
const standardError = (values: readonly number[]): number | undefined => {
  if (values.length < 2) return undefined
  const mean = meanOf(values)
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1))
}

type NumberColumn = Extract<Column, { readonly type: 'number' }>

const withSpread = ({ digits, unit }: NumberColumn, mean: number, spread: number | undefined): string =>
  [
    mean.toFixed(digits),
    ...(spread === undefined ? [] : ['±', spread.toFixed(digits)]),
    ...(unit === undefined ? [] : [unit]),
  ].join(' ')

const showPublished = (column: Column, published: Published | undefined): string => {
  if (published === undefined) return ''
  if (published.type === 'number')
    return column.type === 'number' ? withSpread(column, published.mean, published.spread) : `${published.mean}`
  return column.type === 'verdict' ? (published.isTrue ? column.yes : column.no) : ''
}

const showOurs = (column: Column, values: readonly number[]): string => {
  if (values.length === 0) return ''
  if (column.type === 'verdict') {
    const worst = maxOf(values)
    return `${worst < column.below ? column.yes : column.no} (${worst.toPrecision(2)})`
  }
  const scaled = column.unit === '%' ? values.map((value) => 100 * value) : values
  return withSpread(column, meanOf(scaled), standardError(scaled))
}

const clock = (seconds: number): string =>
  seconds < 100 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(0)} min`

const machines = (trials: readonly Trial[]): readonly string[] =>
  [
    ...new Set(
      trials.map(({ backend, platform }) => `${backend.name} ${backend.version} on ${backend.device}, ${platform}`),
    ),
  ].map((machine) => `Computed by ${machine}.`)

/** A Markdown table whose columns stand under each other. */
const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const [header, ...body] = [at(rows, 0), ...rows.slice(1)]
  const widths = header.map((_, i) => maxOf([3, ...rows.map((row) => at(row, i).length)]))
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, i) => at(cells, i).padEnd(width)).join(' | ')} |`
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)]
}

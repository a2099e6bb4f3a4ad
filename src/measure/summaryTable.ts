import * as E from '#fp-ts/Either'
import type { Found } from './metrics/measure.ts'
import type { Context, Line, Measured, Metric } from './metrics/metric.ts'
import { type SummaryMetric, summaryMetrics, summaryNames, type Value } from './metrics/table.ts'
import type { Setting } from './setting.ts'
import type { Summary } from './summary.ts'

const rows: { readonly [M in SummaryMetric]: Metric<Value<M>> } = summaryMetrics

/**
 * A summary as lines of plain text, in two columns; what could not be measured says why.
 *
 * @example
 * const summary = await summarise({ ...trained, seed: 1, samples: 1000, steps: 100 })()
 * if (summary._tag === 'Right') console.log(showSummary(summary.right))
 */
export const showSummary = (summary: Summary): string => {
  const measured: ReadonlySet<string> = new Set(summaryNames.filter((name) => isRight(summary[name])))
  const context = { ...summary, has: (metric: string) => measured.has(metric) }
  const lines = summaryNames.flatMap((name) => linesOf(name, summary, context))
  const width = Math.max(...lines.map(([label]) => label.length))
  const columns = lines.map(([label, found]) => `${label.padEnd(width)}  ${found}`.trimEnd())
  return [...columns, ...notes(summary)].map((line) => `${line}\n`).join('')
}

const isRight = (measured: Measured<unknown>): boolean => E.isRight(measured)

const linesOf = <M extends SummaryMetric>(name: M, found: Found<M>, context: Context): readonly Line[] => {
  const { label, show, isShown }: Metric<Value<M>> = rows[name]
  if (isShown?.(context) === false) return []
  const measured: Measured<Value<M>> = found[name]
  return E.isRight(measured) ? show(measured.right, context) : [[label, `not measured: ${measured.left.message}`]]
}

/** A summary as data of JSON, by metric. */
export const summaryJson = (summary: Summary): { readonly [name: string]: unknown } => ({
  ...Object.fromEntries(summaryNames.map((name) => [name, plain(summary[name])])),
  setting: plain(summary.setting),
  real: summary.real,
})

const plain = (measured: Measured<unknown>): unknown =>
  E.isRight(measured) ? measured.right : { notMeasured: measured.left.message }

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

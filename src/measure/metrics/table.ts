import { bestReply } from './bestReply.ts'
import { classCoverage } from './classCoverage.ts'
import { confusion } from './confusion.ts'
import type { Metric } from './metric.ts'
import { modes } from './modes.ts'
import { ownValue } from './ownValue.ts'

/** What is measured only where it is asked for: these need more than a trained game. */
const requested = {
  classCoverage,
} as const

/** What a summary measures, in the order of its lines. */
export const summaryMetrics = {
  modes,
  confusion,
  bestReply,
  ownValue,
} as const

export const metrics = { ...summaryMetrics, ...requested } as const

export type MetricName = keyof typeof metrics
export type SummaryMetric = keyof typeof summaryMetrics

const isSummaryMetric = (name: string): name is SummaryMetric => Object.hasOwn(summaryMetrics, name)

export const summaryNames: readonly SummaryMetric[] = Object.keys(summaryMetrics).filter(isSummaryMetric)

/** What a metric finds. */
export type Value<M extends MetricName> = (typeof metrics)[M] extends Metric<infer A> ? A : never

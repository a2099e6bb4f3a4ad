import type { BackendInfo } from '../../src/backends/core/backend.ts'
import type { ExpectedFailures } from './expected.ts'

/** What came of one case: what was wrong, if anything. */
export interface Outcome {
  readonly name: string
  readonly found: readonly string[]
}

/** The whole table on one device. */
export interface Conformance {
  readonly info: BackendInfo
  /** What it ran in: `Node 22.1.0, linux x64`. */
  readonly environment: string
  /** As 2026-01-31. */
  readonly date: string
  readonly seconds: number
  readonly cases: readonly Outcome[]
  /** Cases of which all steps in one call are to be, bit by bit, the steps one by one. */
  readonly chunks: readonly Outcome[]
  readonly expected: ExpectedFailures
}

const accelerators: { readonly [A in BackendInfo['accelerator']]: string } = {
  gpu: 'a graphics card',
  'software gpu': 'a graphics card in software, on the CPU',
  none: 'the CPU',
}

const isExpected = ({ expected }: Conformance, { name }: Outcome): boolean => Object.hasOwn(expected, name)

/** Cases that went otherwise than expected: failures, and passes where a failure was expected. */
export const surprises = (done: Conformance): readonly Outcome[] =>
  [...done.cases, ...done.chunks].flatMap((outcome) => {
    if (!isExpected(done, outcome)) return outcome.found.length > 0 ? [outcome] : []
    return outcome.found.length > 0 ? [] : [{ ...outcome, found: ['it passes, though a failure is expected'] }]
  })

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines]

/** A report as Markdown. */
export const showConformance = (done: Conformance): string => {
  const { info, cases, chunks, expected } = done
  const passed = (outcomes: readonly Outcome[]): string =>
    `${outcomes.filter(({ found }) => found.length === 0).length} of ${outcomes.length}`
  const known = cases.filter((outcome) => isExpected(done, outcome) && outcome.found.length > 0)
  return [
    `# ${info.name} on ${info.device}`,
    '',
    '| | |',
    '|---|---|',
    `| Backend | ${info.name} ${info.version} |`,
    `| Device | ${info.device} |`,
    `| Computes on | ${accelerators[info.accelerator]} |`,
    `| Ran in | ${done.environment} |`,
    `| Date | ${done.date} |`,
    `| Seconds | ${done.seconds.toFixed(0)} |`,
    `| Cases that agree with the reference | ${passed(cases)} |`,
    `| Cases whose steps in one call are those one by one | ${passed(chunks)} |`,
    ...section(
      'Not as expected',
      surprises(done).map(({ name, found }) => `- ${name}: ${found.join('; ')}`),
    ),
    ...section(
      'Failures that are known',
      known.map(({ name }) => `- ${name}: ${expected[name]}`),
    ),
    '',
  ].join('\n')
}

/** A file's name for a report. */
export const reportName = ({ info, date }: Conformance): string =>
  `${info.name}-${info.device}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .concat(`-${date}.md`)

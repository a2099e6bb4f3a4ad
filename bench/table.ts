import { reference } from './contestants.ts'
import type { Entry, Match, Result } from './match.ts'
import type { Round } from './opponent.ts'
import { median, quartiles } from './statistics.ts'
import { firstStepTargets, memoryTarget, targetOf } from './targets.ts'

/** A round in which other work kept a processor busy for more of the time than this. */
const most = 0.1

const isDisturbed = ({ load }: Round): boolean => !(load <= most)

export const times = (rounds: readonly Round[]): readonly number[] => rounds.map(({ time }) => time)

/** Undisturbed rounds alone, if there are enough of them. */
export const counted = (rounds: readonly Round[]): readonly Round[] => {
  const quiet = rounds.filter((round) => !isDisturbed(round))
  return quiet.length >= Math.max(3, rounds.length / 3) ? quiet : rounds
}

/** Ratios of rounds that stand side by side, both undisturbed where there are enough such pairs. */
export const ratios = (ours: Result, theirs: Result): readonly number[] => {
  const pairs = ours.rounds.flatMap((own, i) => {
    const other = theirs.rounds[i]
    return other === undefined ? [] : [{ time: own.time / other.time, load: Math.max(own.load, other.load) }]
  })
  return times(counted(pairs))
}

export const found = ({ result }: Entry): Result | undefined => ('reason' in result ? undefined : result)

export const range = (values: readonly number[], digits: number): string =>
  quartiles(values)
    .map((value) => value.toFixed(digits))
    .join(' to ')

export const milliseconds = (value: number): string => value.toFixed(value < 10 ? 2 : 1)

const ratioCell = (own: Result, theirs: Result | undefined): string => {
  if (theirs === undefined || theirs === own) return ''
  const ratio = median(times(counted(own.rounds))) / median(times(counted(theirs.rounds)))
  return `${ratio.toFixed(2)} (${range(ratios(own, theirs), 2)})`
}

const verdict = (value: number, target: number): string => `${target} ${value <= target ? 'met' : 'missed'}`

const targetCell = (match: Match, own: Result, theirs: Result | undefined): string => {
  if (theirs === undefined) return ''
  const ratio = median(times(counted(own.rounds))) / median(times(counted(theirs.rounds)))
  const firstStep = firstStepTargets[match.workload]
  return [
    `ratio ${verdict(ratio, targetOf(match.workload, match.threads))}`,
    ...(firstStep === undefined ? [] : [`first step ${verdict(own.firstStep, firstStep)}`]),
    `memory ${verdict(own.peak / theirs.peak, memoryTarget)}`,
  ].join(', ')
}

const header = [
  'workload',
  'threads',
  'contestant',
  'ms a step, median',
  'min',
  'middle half',
  `ratio to ${reference}`,
  'target',
  'first step, s',
  'peak, MiB',
  'installed, MiB',
  'disturbed rounds',
]

const row = (match: Match, entry: Entry, eager: Result | undefined, isOurs: boolean): readonly string[] => {
  const { contestant, result } = entry
  const start = [match.workload, `${match.threads}`, contestant.name]
  if ('reason' in result) return [...start, `none: ${result.reason}`, ...header.slice(4).map(() => '')]
  const values = times(counted(result.rounds))
  return [
    ...start,
    milliseconds(median(values)),
    milliseconds(Math.min(...values)),
    quartiles(values).map(milliseconds).join(' to '),
    ratioCell(result, eager),
    isOurs ? targetCell(match, result, eager) : '',
    result.firstStep.toFixed(2),
    result.peak.toFixed(0),
    contestant.installed().toFixed(0),
    `${result.rounds.filter(isDisturbed).length} of ${result.rounds.length}`,
  ]
}

const rows = (match: Match): readonly (readonly string[])[] => {
  const eager = match.entries.find(({ contestant }) => contestant.name === reference)
  return match.entries.map((entry, place) => row(match, entry, eager && found(eager), place === 0))
}

export const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |\n`

/** All matches as one table, in Markdown. */
export const showTable = (matches: readonly Match[]): string =>
  [header, header.map(() => '---'), ...matches.flatMap(rows)].map(line).join('')

/** What took part, each version once. */
export const versions = (matches: readonly Match[]): readonly string[] => [
  ...new Set(matches.flatMap(({ entries }) => entries.flatMap((entry) => found(entry)?.version ?? []))),
]

import type { Match, Result } from './match.ts'
import { median } from './statistics.ts'
import { counted, found, line, milliseconds, range, ratios, times } from './table.ts'

/** A match on one backend: ours, and perhaps the same step by hand. */
export interface BackendMatch {
  readonly backend: string
  readonly match: Match
}

/** By hand: the most that ours may take of its time, and on WebGPU of its dispatches. */
const targets = { time: 1, dispatches: 0.8 } as const

const header = [
  'workload',
  'backend',
  'device',
  'ms a step',
  'by hand',
  'ratio',
  'kernels a step',
  'by hand',
  'ratio',
  'target',
]

const time = ({ rounds }: Result): number => median(times(counted(rounds)))

const verdict = (what: string, value: number, target: number): string =>
  `${what} ${target} ${value <= target ? 'met' : 'missed'}`

const targetCell = (backend: string, ratio: number, kernels: number | undefined): string =>
  [
    verdict('time', ratio, targets.time),
    ...(backend === 'tfjs-webgpu' && kernels !== undefined ? [verdict('dispatches', kernels, targets.dispatches)] : []),
  ].join(', ')

const count = (value: number | undefined): string => value?.toFixed(0) ?? ''

const row = ({ backend, match }: BackendMatch): readonly string[] => {
  const [own, hand] = match.entries
  const start = [match.workload, backend]
  if (own === undefined) throw new Error('a match without contestants')
  if ('reason' in own.result)
    return [...start, `does not start here: ${own.result.reason}`, ...header.slice(3).map(() => '')]
  const ours = own.result
  const beginning = [...start, ours.device ?? '', milliseconds(time(ours))]
  if (hand === undefined) return [...beginning, ...header.slice(4).map(() => '')]
  const theirs = found(hand)
  const reason = 'reason' in hand.result ? `none: ${hand.result.reason}` : ''
  if (theirs === undefined) return [...beginning, reason, '', count(ours.kernels), '', '', '']
  const [ratio, kernels] = [time(ours) / time(theirs), (ours.kernels ?? 0) / (theirs.kernels ?? 1)]
  return [
    ...beginning,
    milliseconds(time(theirs)),
    `${ratio.toFixed(2)} (${range(ratios(ours, theirs), 2)})`,
    count(ours.kernels),
    count(theirs.kernels),
    kernels.toFixed(2),
    targetCell(backend, ratio, kernels),
  ]
}

/** In Markdown. */
export const showBackendTable = (matches: readonly BackendMatch[]): string =>
  [header, header.map(() => '---'), ...matches.map(row)].map(line).join('')

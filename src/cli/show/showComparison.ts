import * as E from '#fp-ts/Either'
import { showShape } from '../../ir/program.ts'
import type { Compared, Comparison, FoundAt, Measured, Verdict } from '../../measure/comparison/comparison.ts'
import type { Fault } from '../../measure/comparison/firstDifference.ts'
import { brief } from './brief.ts'
import { columns, section } from './columns.ts'

/** Shows a comparison: a table, then details of its rows. */
export const showComparison = ({ steps, notFinite, backends }: Comparison): string =>
  [
    table(steps, backends),
    ...backends.map(note),
    notFinite === undefined
      ? ''
      : `The game itself becomes non-finite in step ${notFinite}; only earlier steps are compared.\n`,
  ]
    .filter((part) => part !== '')
    .join('\n')

const table = (steps: number, backends: readonly Compared[]): string => {
  const rows = backends.flatMap(({ name, outcome }) => (E.isRight(outcome) ? [[name, ...cells(outcome.right)]] : []))
  if (rows.length === 0) return ''
  const title = ['backend', 'device', 'ms/step', 'one step off', 'at', `apart after ${steps}`, '']
  return columns([title, ...rows])
    .map((line) => `${line}\n`)
    .join('')
}

const verdicts: { readonly [T in Verdict['type']]: string } = {
  agrees: 'agrees',
  rounding: 'agrees within rounding',
  differs: 'differs',
}

const cells = ({ info, seconds, worst, drift, notFinite, verdict }: Measured): readonly string[] => [
  info.device,
  `${Number((1000 * seconds).toPrecision(3))}`,
  share(worst.relative),
  worst.tensor === '' ? '' : `${worst.tensor}, step ${worst.step}`,
  notFinite === undefined ? (drift === undefined ? '' : share(drift)) : `NaN or ∞ in step ${notFinite}`,
  verdicts[verdict.type],
]

const share = (relative: number): string => {
  if (relative === 0) return '0'
  return relative === Number.POSITIVE_INFINITY ? '∞' : relative.toExponential(1)
}

const note = ({ name, outcome }: Compared): string => {
  if (E.isLeft(outcome)) return section(`${name}: ${brief(outcome.left.message)}`, [outcome.left.hint])
  const { verdict, worst } = outcome.right
  if (verdict.type === 'agrees') return ''
  return verdict.at === undefined
    ? section(`${name}, step ${worst.step}: the step is wrong`, [
        'No single op differs when it runs alone. The difference appears only in the whole step.',
      ])
    : section(`${name}, step ${verdict.at.step}: ${faults[verdict.at.fault]}`, difference(verdict.at))
}

const faults: { readonly [F in Fault]: string } = {
  wrong: 'an op is wrong',
  'wrong among others': 'an op is wrong when it is computed together with others',
  rounding: 'an op is right, but amplifies the rounding of its inputs',
}

const difference = ({ op, origin, inputs, shape, index, found, expected, relative }: FoundAt): readonly string[] =>
  columns([
    ['op', `${op}: ${inputs.map(showShape).join(', ')} → ${showShape(shape)}`],
    ['for', origin],
    [`element ${index}`, `${found}, in float64 ${Number(expected.toPrecision(9))}`],
    ['off by', `${share(relative)} of the largest element`],
  ])

/** The comparison as JSON. Infinities and NaN become strings. */
export const comparisonJson = ({ backends, ...rest }: Comparison): string => {
  const plain = backends.map(({ name, outcome }) =>
    E.isLeft(outcome) ? { name, error: outcome.left.message, hint: outcome.left.hint } : { name, ...outcome.right },
  )
  const finite = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
  return JSON.stringify({ ...rest, backends: plain }, finite, 2)
}

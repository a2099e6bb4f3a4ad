import * as E from '#fp-ts/Either'
import { placeNames } from '../../backends/start/catalogue.ts'
import type { BackendReport, BackendsReport } from '../backendsReport.ts'
import { asTyped } from '../self.ts'
import { brief } from './brief.ts'
import { columns, section } from './columns.ts'

/** Shows backends: those that start, and the others with what to do. */
export const showBackends = ({ backends, auto }: BackendsReport): string =>
  [
    section('Start here', columns(backends.flatMap(startedRow))),
    section('Do not start here', backends.flatMap(failedLines)),
    `--backend auto takes ${auto ?? 'none: no backend starts'}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n')

const startedRow = ({ name, outcome }: BackendReport): readonly (readonly string[])[] => {
  if (outcome === undefined || E.isLeft(outcome)) return []
  const { version, device, accelerator } = outcome.right
  const note = accelerator === 'software gpu' ? ' (a software GPU, for tests)' : ''
  return [[name, version, `${device}${note}`]]
}

const failedLines = ({ name, outcome, places }: BackendReport): readonly string[] => {
  if (outcome === undefined)
    return [`${name}: it runs in ${places.map((place) => placeNames[place]).join(' and ')} only`]
  return E.isLeft(outcome) ? [`${name}: ${brief(outcome.left.message)}`, `  ${asTyped(outcome.left.hint)}`] : []
}

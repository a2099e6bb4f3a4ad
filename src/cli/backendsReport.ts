import { availableParallelism } from 'node:os'
import * as E from '#fp-ts/Either'
import * as A from '#fp-ts/ReadonlyArray'
import type * as TE from '#fp-ts/TaskEither'
import type { BackendInfo } from '../backends/core/backend.ts'
import { decide, type Outcome, type Outcomes, preference } from '../backends/start/auto.ts'
import { type BackendName, backendNames, namesIn, type Place, rowOf } from '../backends/start/catalogue.ts'
import type { BackendError } from '../errors/backendError.ts'

/** Each backend that runs in Node is started once, in a process of its own. */
export interface BackendsReport {
  readonly backends: readonly BackendReport[]
  /** What `--backend auto` takes; absent where nothing starts. */
  readonly auto?: BackendName
}

export interface BackendReport {
  readonly name: BackendName
  readonly places: readonly Place[]
  readonly packages: readonly string[]
  /** Absent where it does not run in Node. */
  readonly outcome?: Outcome
}

type Probe = (name: BackendName) => TE.TaskEither<BackendError, BackendInfo>

/** Asks as many at a time as there are cores. */
export const reportBackends = async (probe: Probe): Promise<BackendsReport> => {
  const outcomes: { [N in BackendName]?: Outcome } = {}
  for (const some of A.chunksOf(availableParallelism())(namesIn('node')))
    await Promise.all(
      some.map(async (name) => {
        outcomes[name] = await probe(name)()
      }),
    )
  return { backends: backendNames.map((name) => reportOf(name, outcomes)), ...choice(outcomes) }
}

const reportOf = (name: BackendName, outcomes: Outcomes): BackendReport => {
  const outcome = outcomes[name]
  const { places, packages } = rowOf(name)
  return { name, places, packages, ...(outcome !== undefined && { outcome }) }
}

const choice = (outcomes: Outcomes): Pick<BackendsReport, 'auto'> => {
  const decision = decide(preference, new Set(Object.keys(outcomes)), outcomes)
  return decision.type === 'take' ? { auto: decision.name } : {}
}

/** The report without the tags of its types. */
export const plain = ({ backends, auto }: BackendsReport) => ({
  backends: backends.map(({ outcome, ...backend }) => ({
    ...backend,
    ...(outcome !== undefined && plainOutcome(outcome)),
  })),
  auto,
})

const plainOutcome: (outcome: Outcome) => object = E.match(
  ({ message, hint }): object => ({ starts: false, message, hint }),
  ({ device, accelerator, version }): object => ({ starts: true, device, accelerator, version }),
)

import { availableParallelism } from 'node:os'
import * as E from '#fp-ts/Either'
import * as A from '#fp-ts/ReadonlyArray'
import type * as TE from '#fp-ts/TaskEither'
import type { BackendInfo } from '../backends/core/backend.ts'
import { decide, type Outcome, type Outcomes, preference } from '../backends/start/auto.ts'
import { type BackendName, backendNames, namesIn, type Place, rowOf } from '../backends/start/catalogue.ts'
import type { BackendError } from '../errors/backendError.ts'

/** The report of one backend. Each that runs in Node is started once, in its own process. */
export interface BackendsReport {
  readonly backends: readonly BackendReport[]
  /** The backend that `--backend auto` takes; absent if none starts. */
  readonly auto?: BackendName
}

export interface BackendReport {
  readonly name: BackendName
  readonly places: readonly Place[]
  readonly packages: readonly string[]
  /** Absent if it does not run in Node. */
  readonly outcome?: Outcome
}

type Probe = (name: BackendName) => TE.TaskEither<BackendError, BackendInfo>

/** Probes backends in parallel, one per core. */
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

/** The report as plain JSON, without the tags of fp-ts. */
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

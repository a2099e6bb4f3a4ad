import * as t from '#io-ts'
import { count, natural } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { type Change, changesCodec } from './changes.ts'

/** What numbers were computed with. Another backend, device, version, platform or number of threads rounds differently. */
export interface Circumstances {
  /** Such as `linux-x64`. */
  readonly platform: string
  readonly backend: { readonly name: string; readonly device: string; readonly version: string }
  readonly threads: number
}

/** How a run's spec was changed at a step, and the hash of the old spec. */
export interface SpecChange {
  readonly specBefore: string
  readonly changes: readonly Change[]
}

/** A stretch of steps that were computed in the same way and with the same spec, from the step with this number (from 0) on. */
export interface Stretch extends Circumstances, Partial<SpecChange> {
  readonly from: number
}

export const circumstances = {
  platform: t.string,
  backend: struct({ name: t.string, device: t.string, version: t.string }),
  threads: count,
}

export const stretch: t.Type<Stretch, unknown> = struct(
  { from: natural, ...circumstances },
  { specBefore: t.string, changes: changesCodec },
)

/** What a run was computed with. If that changed, also its stretches, oldest first. */
export interface Computed extends Circumstances {
  readonly history?: readonly Stretch[]
}

const circumstancesOf = ({ platform, backend, threads }: Circumstances): Circumstances => ({
  platform,
  backend: { name: backend.name, device: backend.device, version: backend.version },
  threads,
})

export const stretches = (run: Computed): readonly Stretch[] => run.history ?? [{ from: 0, ...circumstancesOf(run) }]

/** What the step after `step` completed ones was computed with. */
export const computedBy = (run: Computed, step: number): Circumstances =>
  stretches(run).findLast(({ from }) => from <= step) ?? run

export const isSame = (a: Circumstances, b: Circumstances): boolean =>
  a.platform === b.platform &&
  a.threads === b.threads &&
  a.backend.name === b.backend.name &&
  a.backend.device === b.backend.device &&
  a.backend.version === b.backend.version

/** The hashes of a run's earlier specs. */
export const earlierSpecs = (run: Computed): readonly string[] =>
  stretches(run).flatMap(({ specBefore }) => (specBefore === undefined ? [] : [specBefore]))

/** The changes of the spec at this step or later, newest first. */
export const changesFrom = (run: Computed, step: number): readonly Change[] =>
  stretches(run)
    .filter(({ from }) => from >= step)
    .flatMap(({ changes = [] }) => changes)
    .reverse()

/**
 * Extends the history of a run that continues from a step, perhaps with a changed spec. Drops entries after that step.
 */
export const continued = (run: Computed, step: number, now: Circumstances, change?: SpecChange): Computed => {
  const before = stretches(run).filter(({ from }) => from < step)
  const last = before.at(-1)
  const current = circumstancesOf(now)
  const isOne = last !== undefined && isSame(last, now) && change === undefined
  const history = isOne ? before : [...before, { from: step, ...current, ...change }]
  const isTold = history.length > 1 || history.some(({ changes }) => changes !== undefined)
  return { ...current, ...(isTold && { history }) }
}

import * as t from '#io-ts'
import { count, natural } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { type Change, changesCodec } from './changes.ts'

/** By what numbers were computed: another backend, device, version, machine or number of threads rounds otherwise. */
export interface Circumstances {
  /** Such as `linux-x64`. */
  readonly platform: string
  readonly backend: { readonly name: string; readonly device: string; readonly version: string }
  readonly threads: number
}

/** How the spec of a run was changed at a step, and the hash of what it was before. */
export interface SpecChange {
  readonly specBefore: string
  readonly changes: readonly Change[]
}

/** Steps of a run that were computed by the same, and of one spec, from the one with this number (from 0) on. */
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

/** What computed a run, and where not all of it was computed by the same, its stretches, oldest first. */
export interface Computed extends Circumstances {
  readonly history?: readonly Stretch[]
}

const circumstancesOf = ({ platform, backend, threads }: Circumstances): Circumstances => ({
  platform,
  backend: { name: backend.name, device: backend.device, version: backend.version },
  threads,
})

export const stretches = (run: Computed): readonly Stretch[] => run.history ?? [{ from: 0, ...circumstancesOf(run) }]

/** What computed the step after so many. */
export const computedBy = (run: Computed, step: number): Circumstances =>
  stretches(run).findLast(({ from }) => from <= step) ?? run

export const isSame = (a: Circumstances, b: Circumstances): boolean =>
  a.platform === b.platform &&
  a.threads === b.threads &&
  a.backend.name === b.backend.name &&
  a.backend.device === b.backend.device &&
  a.backend.version === b.backend.version

/** The hashes that the spec of a run had before it was changed. */
export const earlierSpecs = (run: Computed): readonly string[] =>
  stretches(run).flatMap(({ specBefore }) => (specBefore === undefined ? [] : [specBefore]))

/** How the spec was changed at a step or after it, the newest change first. */
export const changesFrom = (run: Computed, step: number): readonly Change[] =>
  stretches(run)
    .filter(({ from }) => from >= step)
    .flatMap(({ changes = [] }) => changes)
    .reverse()

/**
 * What has computed a run that goes on from a step by what computes now, with its spec changed there or not; what came after
 * that step is forgotten.
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

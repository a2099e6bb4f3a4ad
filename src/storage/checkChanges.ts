import * as E from '#fp-ts/Either'
import type { StateTensor } from '../compile/elaborate.ts'
import { rulesOf } from '../dynamics/dynamics.ts'
import { type RunError, runError } from '../errors/runError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { sameShape, showShape } from '../ir/program.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { type Change, showChange } from '../run/changes.ts'
import type { GameSpec } from '../spec/spec.ts'
import { usesTotal } from '../spec/usesTotal.ts'
import { anew } from './runInfo.ts'
import { specChanges } from './specHash.ts'

/** A run's old game and its new one. */
export interface Changed {
  readonly folder: string
  readonly was: GameSpec
  readonly is: GameSpec
}

/** The changes when a run continues: fields of the spec, and the number of steps if the game depends on it. */
export const changesOf = ({ was, is }: Omit<Changed, 'folder'>): readonly Change[] => [
  ...specChanges(was, is),
  ...(was.steps !== is.steps && (usesTotal(was) || usesTotal(is))
    ? [{ path: ['steps'], before: was.steps, after: is.steps }]
    : []),
]

/** If a game depends on its number of steps, that number may change only with `stretch`: its schedules stretch. */
export const checkTotal = ({ folder, was, is }: Changed, stretch: boolean): E.Either<RunError, void> => {
  if (stretch || !changesOf({ was, is }).some(({ path }) => path.length === 1 && path[0] === 'steps'))
    return E.right(undefined)
  const message = `the number of steps changed from ${was.steps} to ${is.steps}, and its schedules depend on that number (progress): they would jump`
  const todo = `To stretch its schedules over ${is.steps} steps, add --stretch (in code: stretch: true).`
  return E.left(runError(folder, message, todo))
}

const moveEvery = (optimizer: Optimizer | undefined): number => {
  if (optimizer === undefined || !('of' in optimizer)) return 1
  return moveEvery(optimizer.of) * (optimizer.type === 'accumulate' ? optimizer.every : 1)
}

/** How often each player updates per step, and after how many updates it moves. Optimizers count these. */
const countsOf = ({ players, dynamics, optimizers }: GameSpec): { readonly [player: string]: string } =>
  Object.fromEntries(
    Object.keys(players).map((name) => {
      const updates = rulesOf(dynamics).updates(name)
      const every = moveEvery(Object.hasOwn(optimizers, name) ? optimizers[name] : undefined)
      return [
        name,
        `${updates} ${updates === 1 ? 'update' : 'updates'} a step${every === 1 ? '' : `, a move after every ${every}`}`,
      ]
    }),
  )

const refusal = ({ folder, was, is }: Changed, reason: string): E.Either<RunError, never> => {
  const [first, ...others] = specChanges(was, is)
  const what = first === undefined ? 'this spec' : showChange(first)
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return E.left(
    runError(folder, `it can't continue with this change: ${what}${more}; ${reason}`, `Undo the change. ${anew}`),
  )
}

/** The batch size and the players' update counts must stay: the run's position in the data and its optimizers' counts depend on them. */
export const checkCounts = (changed: Changed): E.Either<RunError, void> => {
  if (changed.was.batch !== changed.is.batch)
    return refusal(changed, 'the run has read its data in batches of that size')
  const [was, is] = [countsOf(changed.was), countsOf(changed.is)]
  const name = Object.keys(was).find((player) => Object.hasOwn(is, player) && was[player] !== is[player])
  return name === undefined
    ? E.right(undefined)
    : refusal(changed, `${name} had ${was[name]} and would have ${is[name]}, by which its optimizer counts`)
}

/** Checks that a checkpoint's state has exactly the game's tensors. */
export const checkState = (
  changed: Changed,
  state: readonly StateTensor[],
  found: HostTensors,
): E.Either<RunError, void> => {
  for (const { name, shape } of state) {
    const tensor = found[name]
    if (tensor === undefined) return refusal(changed, `the run has no ${name} in its state`)
    if (!sameShape(tensor.shape, shape))
      return refusal(changed, `${name} is of shape ${showShape(tensor.shape)} in its state, not ${showShape(shape)}`)
  }
  const known = new Set(state.map(({ name }) => name))
  const surplus = Object.keys(found).find((name) => !known.has(name))
  return surplus === undefined
    ? E.right(undefined)
    : refusal(changed, `its state has ${surplus}, which this game does not have`)
}

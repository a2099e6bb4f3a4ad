import { expect } from 'vitest'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import { showError } from '../../src/errors/failure.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import { verify } from '../../src/ir/verify.ts'
import type { Prepared } from '../../src/run/prepare.ts'
import type { Recorder } from '../../src/run/recorder.ts'
import { play } from '../../src/run/train.ts'
import { mark, poisoned } from './poison.ts'

/** A step in the middle, not one after which the state is saved. */
const spoiledStep = 5

/** Keeps every state that would be a checkpoint. */
const remembering = (): { readonly recorder: Recorder; readonly states: HostTensors[] } => {
  const states: HostTensors[] = []
  const recorder: Recorder = {
    costs: () => TE.right(undefined),
    samples: () => TE.right(''),
    checkpoint: (_, state) => {
      states.push(state)
      return TE.right('')
    },
  }
  return { recorder, states }
}

/**
 * Trains with one tensor of one step spoiled. Either the run ends there, naming that very tensor, or nothing that is not
 * finite came of it, as where a comparison hides it; no checkpoint ever has such a number. Answers whether it was caught.
 */
export const spoil = async (prepared: Prepared, place: number, value: number): Promise<boolean> => {
  const step = poisoned(prepared.compiled.step, place, spoiledStep, value)
  expect(verify(step)).toEqual([])
  const { recorder, states } = remembering()
  const result = await play({ ...prepared, compiled: { ...prepared.compiled, step } }, { recorder, saveEvery: 3 })()
  const told = `node ${place}, ${value}: ${E.isLeft(result) ? showError(result.left) : 'finished'}`
  for (const { values } of states.flatMap((state) => Object.values(state)))
    expect(values.every(Number.isFinite), told).toBe(true)
  if (E.isRight(result)) return false
  expect(result.left.type, told).toBe('Diverged')
  if (result.left.type !== 'Diverged') return false
  const { at } = result.left
  expect(at.step, told).toBe(spoiledStep)
  expect(at.expression, told).toContain(mark)
  expect(at.player, told).toBe(prepared.compiled.step.nodes[place]?.origin.player ?? '')
  return true
}

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Action, nextAction, type Standing } from '../../src/run/nextAction.ts'

const standing: Standing = {
  step: 30,
  first: 0,
  steps: 100,
  saveEvery: 40,
  isKept: false,
  isLate: false,
  isStopped: false,
  most: 1000,
}
const save = (samples: boolean): Action => ({ type: 'save', samples })
const play = (count: number): Action => ({ type: 'play', count })

test.each<readonly [string, Partial<Standing>, Action]>([
  ['plays until the next checkpoint', {}, play(10)],
  ['plays no more than fits', { most: 4 }, play(4)],
  ['plays no further than the last step', { step: 90, saveEvery: 1000 }, play(10)],
  ['keeps what it begins with', { step: 0 }, save(true)],
  ['keeps what it goes on from, without samples between regular steps', { first: 30 }, save(false)],
  ['does not keep again what it goes on from', { first: 30, isKept: true }, play(10)],
  ['keeps a checkpoint and samples at a regular step', { step: 40 }, save(true)],
  ['plays on after that', { step: 40, isKept: true }, play(40)],
  ['keeps a checkpoint alone where the last is long ago', { isLate: true }, save(false)],
  ['plays on after that, too', { isLate: true, isKept: true }, play(10)],
  ['keeps a checkpoint alone where it is stopped', { isStopped: true }, save(false)],
  ['ends once that is kept', { isStopped: true, isKept: true }, { type: 'end', reason: 'interrupted' }],
  ['is stopped at a regular step with samples', { step: 40, isStopped: true }, save(true)],
  ['keeps the last step with samples', { step: 100 }, save(true)],
  ['ends after the last step', { step: 100, isKept: true }, { type: 'end', reason: 'finished' }],
  [
    'is finished, though it was stopped',
    { step: 100, isKept: true, isStopped: true },
    { type: 'end', reason: 'finished' },
  ],
  ['has nothing to play', { step: 0, steps: 0, isKept: true }, { type: 'end', reason: 'finished' }],
])('a run %s', (_, at, expected) => {
  expect(nextAction({ ...standing, ...at })).toEqual(expected)
})

/** What a run does from a step to its end. */
const course = (first: number, steps: number, saveEvery: number, most: number, stop: number) => {
  const done: Action[] = []
  let step = first
  let kept: number | undefined
  for (;;) {
    const isStopped = step >= stop
    const action = nextAction({ ...standing, step, first, steps, saveEvery, most, isKept: kept === step, isStopped })
    if (action.type === 'end') return { done, step, kept, reason: action.reason }
    done.push(action)
    if (action.type === 'save') kept = step
    else step += action.count
  }
}

test('a run ends, keeps its end, and passes over no regular step', () => {
  const numbers = fc.integer({ min: 1, max: 60 })
  fc.assert(
    fc.property(fc.nat(50), numbers, numbers, numbers, fc.nat(200), (first, more, saveEvery, most, stop) => {
      const steps = first + more
      const { done, step, kept, reason } = course(first, steps, saveEvery, most, stop)
      expect(step).toBe(kept)
      expect(reason).toBe(step < steps ? 'interrupted' : 'finished')
      if (stop >= steps) expect(step).toBe(steps)
      let at = first
      for (const action of done)
        if (action.type === 'play') {
          expect(action.count).toBeGreaterThan(0)
          expect(Math.floor((at + action.count - 1) / saveEvery)).toBe(Math.floor(at / saveEvery))
          at += action.count
        } else if (action.type === 'save') expect(action.samples).toBe(at % saveEvery === 0 || at === steps)
    }),
  )
})

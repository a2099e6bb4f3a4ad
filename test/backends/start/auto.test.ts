import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import type { Accelerator, Backend } from '../../../src/backends/core/backend.ts'
import { type Decision, decide, type Outcome, type Outcomes, preference } from '../../../src/backends/start/auto.ts'
import { type BackendName, backendNames, namesIn } from '../../../src/backends/start/catalogue.ts'
import { startFirst } from '../../../src/backends/start/startFirst.ts'
import type { BackendError } from '../../../src/errors/backendError.ts'
import { left, right } from '../../data/files.ts'

const names: readonly BackendName[] = [...new Set(preference.map(({ name }) => name))]
const here: ReadonlySet<string> = new Set(names)

const broken = (name: string): BackendError => ({
  type: 'BackendError',
  backend: name,
  message: 'absent',
  hint: `install ${name}`,
})
const on = (name: string, accelerator: Accelerator): Outcome =>
  E.right({ name, device: `the device of ${name}`, accelerator, version: '1' })

const accelerators: readonly Accelerator[] = ['gpu', 'software gpu', 'none']
/** What would come of starting each backend. */
const worlds: fc.Arbitrary<Outcomes> = fc.record(
  Object.fromEntries(
    names.map((name) => [
      name,
      fc.oneof(
        fc.constant(E.left(broken(name))),
        fc.constantFrom(...accelerators).map((found) => on(name, found)),
      ),
    ]),
  ),
)

/** Tries what it is told to try, until something is decided. */
const settled = (world: Outcomes): { readonly decision: Decision; readonly tried: readonly BackendName[] } => {
  let known: Outcomes = {}
  const tried: BackendName[] = []
  for (;;) {
    const decision = decide(preference, here, known)
    if (decision.type !== 'try') return { decision, tried }
    tried.push(decision.name)
    known = { ...known, [decision.name]: world[decision.name] }
  }
}

const fits = (world: Outcomes, { name, on: wanted }: (typeof preference)[number]): boolean => {
  const outcome = world[name]
  return outcome !== undefined && E.isRight(outcome) && outcome.right.accelerator === wanted
}

test('every backend may be taken on the CPU or a GPU, and no GPU in software', () => {
  expect([...names].sort()).toEqual([...backendNames].sort())
  expect(preference.filter((wish) => wish.on === 'software gpu')).toEqual([])
  expect(preference.findIndex((wish) => wish.on === 'none')).toBeGreaterThanOrEqual(
    preference.filter((wish) => wish.on === 'gpu').length,
  )
})

test('the best that fits is taken, as if all were known; each is tried once, and none that is worse', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { decision, tried } = settled(world)
      const best = preference.findIndex((wish) => fits(world, wish))
      expect(decision).toMatchObject(best < 0 ? { type: 'none' } : { type: 'take', name: preference[best]?.name ?? '' })
      expect(decision).toEqual(decide(preference, here, world))
      expect(new Set(tried).size).toBe(tried.length)
      const wished = preference.slice(0, best < 0 ? preference.length : best + 1).map(({ name }) => name)
      expect(tried).toEqual([...new Set(wished)])
    }),
  )
})

/** What starts in a place in each world: as many worlds as there are, each with the backends of Node or of a page. */
const placed = fc.tuple(
  worlds,
  fc.constantFrom(...(['node', 'browser'] as const)).map((place) => new Set<string>(namesIn(place))),
)

const startedIn = async ([world, names]: readonly [Outcomes, ReadonlySet<string>]) =>
  startFirst(preference, names, (name) => {
    const outcome = world[name] ?? E.left(broken(name))
    return E.isLeft(outcome)
      ? TE.left(outcome.left)
      : TE.of({ info: outcome.right, store: () => TE.left(broken(name)) })
  })()

test('the float64 reference is never taken without a warning that says what brings a fast one, in Node or in a page', async () => {
  await fc.assert(
    fc.asyncProperty(placed, async (given) => {
      const result = await startedIn(given)
      if (E.isLeft(result) || result.right.backend.info.name !== 'reference') return
      const fast = given[1].has('onnx') ? 'onnx' : 'onnx-wasm'
      expect(result.right.slow).toEqual({
        type: 'SlowBackend',
        backend: 'reference',
        message: expect.stringMatching(/, so reference computes, more than 100 times slower$/),
        hint: E.isLeft(given[0][fast] ?? E.left(undefined)) ? `install ${fast}` : 'name another backend',
      })
    }),
    { numRuns: 1000 },
  )
})

test('a warning is given on the CPU alone, and only where the fastest there was not taken', async () => {
  await fc.assert(
    fc.asyncProperty(placed, async (given) => {
      const result = await startedIn(given)
      if (E.isLeft(result)) return
      const { backend, passedOver, slow } = result.right
      const failed = passedOver.filter(({ name }) => name === 'onnx' || name === 'onnx-wasm')
      expect(slow === undefined).toBe(backend.info.accelerator !== 'none' || failed.length === 0)
    }),
  )
})

test('in a page whose WebGPU is software or broken, WebAssembly is taken', () => {
  const page = new Set<string>(namesIn('browser'))
  for (const web of [on('onnx-web', 'software gpu'), E.left(broken('onnx-web'))]) {
    const world: Outcomes = { 'onnx-web': web, 'tfjs-webgpu': E.left(broken('tfjs-webgpu')) }
    expect(decide(preference, page, world)).toEqual({ type: 'try', name: 'onnx-wasm' })
    expect(decide(preference, page, { ...world, 'onnx-wasm': on('onnx-wasm', 'none') })).toMatchObject({
      type: 'take',
      name: 'onnx-wasm',
    })
  }
})

test('it says of each better one why it was not taken', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { decision, tried } = settled(world)
      if (decision.type === 'try') throw new Error('undecided')
      const taken = decision.type === 'take' ? [decision.name] : []
      expect([...decision.passedOver.map(({ name }) => name), ...taken].sort()).toEqual([...tried].sort())
      for (const { reason } of decision.passedOver) expect(reason).toMatch(/absent|finds no GPU|in software/)
    }),
  )
})

test('one more that fails to start never makes the choice better, and those elsewhere are not asked', () => {
  fc.assert(
    fc.property(worlds, fc.constantFrom(...names), (world, lost) => {
      const rank = ({ decision }: { readonly decision: Decision }, of: Outcomes): number =>
        decision.type === 'take' ? preference.findIndex((wish) => fits(of, wish)) : preference.length
      const fewer = { ...world, [lost]: E.left(broken(lost)) }
      expect(rank(settled(fewer), fewer)).toBeGreaterThanOrEqual(rank(settled(world), world))
      expect(decide(preference, new Set(), world)).toEqual({ type: 'none', passedOver: [] })
    }),
  )
})

test('what is started and not taken gives back its device', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const open = new Set<string>()
      const start = (name: BackendName): TE.TaskEither<BackendError, Backend> => {
        const outcome = world[name] ?? E.left(broken(name))
        if (E.isLeft(outcome)) return TE.left(outcome.left)
        open.add(name)
        return TE.of({
          info: outcome.right,
          store: () => TE.left(broken(name)),
          dispose: () => void open.delete(name),
        })
      }
      const result = await startFirst(preference, here, start)()
      const { decision } = settled(world)
      if (decision.type === 'take') {
        expect(right(result)).toMatchObject({ backend: { info: { name: decision.name } } })
        expect([...open]).toEqual([decision.name])
      } else {
        expect(left(result)).toMatchObject({ backend: 'auto' })
        expect([...open]).toEqual([])
      }
    }),
  )
})

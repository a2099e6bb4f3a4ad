import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as onnx from 'onnxruntime-node'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import * as t from '#io-ts'
import type { Backend } from '../src/backends/core/backend.ts'
import { hostRuntime } from '../src/backends/onnx/node.ts'
import type { Runtime } from '../src/backends/onnx/runtime.ts'
import { storesOn } from '../src/backends/onnx/store.ts'
import { initialState } from '../src/run/initialState.ts'
import { prepare } from '../src/run/prepare.ts'
import { createRandom } from '../src/run/random/random.ts'
import { createSession } from '../src/run/session.ts'
import { games, isWorkload } from './games.ts'
import { median } from './statistics.ts'

/** Where a step's time goes: `node bench/.build/bench/profile.js WORKLOAD THREADS STEPS`, by onnxruntime's own profiler. */

const [workload = 'W1', threads = '1', count = '100'] = process.argv.slice(2)
if (!isWorkload(workload)) throw new Error(`the workloads are ${Object.keys(games).join(', ')}`)
const steps = Number(count)

const folder = mkdtempSync(join(tmpdir(), 'profile-'))
const sessions: onnx.InferenceSession[] = []
const runtime: Runtime = {
  ...hostRuntime(onnx, 'onnx', {}),
  open: async (model) => {
    const session = await onnx.InferenceSession.create(model, {
      executionProviders: ['cpu'],
      intraOpNumThreads: Number(threads),
      interOpNumThreads: 1,
      logSeverityLevel: 4,
      enableProfiling: true,
      profileFilePrefix: join(folder, 'session'),
    })
    sessions.push(session)
    return session
  },
}
const backend: Backend = {
  info: { name: 'onnx', device: 'CPU', accelerator: 'none', version: onnx.env.versions.common },
  store: storesOn(runtime),
}

const played = await pipe(
  prepare(games[workload](), { backend: 'reference' }),
  TE.bindTo('prepared'),
  TE.bindW('session', ({ prepared: { compiled, drawSource } }) =>
    createSession(compiled, backend, drawSource, initialState(compiled.state, compiled.game.seed, createRandom()), 0),
  ),
  TE.tap(({ session }) => session.run(steps)),
  TE.bindW('drawing', ({ prepared: { compiled, drawSource } }) =>
    TE.fromIO(() => {
      // As in a session, the memory of one call is the next one's.
      const used = drawSource(compiled.step, 0, steps)
      const start = performance.now()
      drawSource(compiled.step, steps, steps, used)
      return (performance.now() - start) / steps
    }),
  ),
)()
if (E.isLeft(played)) throw new Error(JSON.stringify(played.left))
for (const session of sessions) session.endProfiling()

const event = t.type({
  cat: t.string,
  name: t.string,
  dur: t.number,
  args: t.partial({ op_name: t.string, output_type_shape: t.array(t.record(t.string, t.array(t.number))) }),
})
type Kernel = t.TypeOf<typeof event>

/** These hold other kernels, which are counted by themselves. */
const around: ReadonlySet<string> = new Set(['Loop', 'Scan'])

const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
rmSync(folder, { recursive: true })
const kernels = texts
  .flatMap((text): readonly unknown[] => JSON.parse(text))
  .flatMap((made) => {
    const read = event.decode(made)
    const counts = (kernel: Kernel): boolean =>
      kernel.name.endsWith('_kernel_time') && !around.has(kernel.args.op_name ?? '')
    return read._tag === 'Right' && counts(read.right) ? [read.right] : []
  })

const milliseconds = (micros: number): string => (micros / 1000).toFixed(3).padStart(9)

/** A kernel's time in one step, in microseconds: its median, because other work on the machine makes single calls longer. */
const kernelTimes: readonly { readonly kernel: Kernel; readonly time: number }[] = (() => {
  const calls = new Map<string, Kernel[]>()
  for (const kernel of kernels) calls.set(kernel.name, [...(calls.get(kernel.name) ?? []), kernel])
  return [...calls.values()].flatMap((made) => {
    const [kernel] = made
    const time = (median(made.map(({ dur }) => dur)) * made.length) / steps
    return kernel === undefined ? [] : [{ kernel, time }]
  })
})()

/** Sums by a word, the greatest first. */
const show = (title: string, word: (kernel: Kernel) => string, most: number): void => {
  const sums = new Map<string, number>()
  for (const { kernel, time } of kernelTimes) sums.set(word(kernel), (sums.get(word(kernel)) ?? 0) + time)
  const rows = [...sums].sort(([, a], [, b]) => b - a).slice(0, most)
  process.stdout.write(
    `\n${title}, ms a step\n${rows.map(([name, sum]) => `${milliseconds(sum)}  ${name}\n`).join('')}`,
  )
}

const shape = (kernel: Kernel): string => JSON.stringify(kernel.args.output_type_shape ?? [])

process.stdout.write(
  `${workload}, threads ${threads}, ${steps} steps; draws on the host ${played.right.drawing.toFixed(3)} ms a step\n`,
)
const total = kernelTimes.reduce((sum, { time }) => sum + time, 0)
process.stdout.write(`all kernels ${milliseconds(total)} ms a step\n`)
show('by operator', ({ args }) => args.op_name ?? '', 20)
show(
  'by operator and shape',
  (kernel) =>
    `${kernel.args.op_name} ${shape(kernel)} ${kernel.name.replace(/^\w+ of /, '').replace('_kernel_time', '')}`,
  24,
)

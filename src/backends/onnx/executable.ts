import type { Tensor } from 'onnxruntime-node'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { type Draw, type Node, type Program, size } from '../../ir/program.ts'
import type { Executable, Feeds } from '../core/backend.ts'
import type { Named } from '../core/limits.ts'
import { type Call, ports } from './call.ts'
import { chunk } from './chunk.ts'
import { attempt } from './error.ts'
import { writeModel } from './model.ts'
import type { Runtime, Session, Tensors } from './runtime.ts'
import { single } from './single.ts'

/** The state that an executable works on. */
export interface StateCell {
  readonly get: () => Tensors
  /** Replaces the tensors that are named. */
  readonly replace: (tensors: Tensors) => void
}

type Metrics = { readonly [name: string]: Float32Array }

const present = (tensors: Tensors, name: string): Tensor => {
  const tensor = tensors[name]
  if (tensor === undefined) throw new Error(`there is no tensor '${name}'`)
  return tensor
}

const pick = (tensors: Tensors, outputs: Call['writes']): Tensors =>
  Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, present(tensors, output)]))

const free = (runtime: Runtime, tensors: Tensors): void => Object.values(tensors).forEach(runtime.free)

const dispose = (tensors: Tensors): void => {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}

const checkDraws = (program: Program, { draws, count }: Feeds): void => {
  for (const [name, { shape }] of Object.entries(program.draws)) {
    const expected = count * size(shape)
    const found = draws[name]?.length
    if (found !== expected) throw new Error(`draw '${name}' has ${found} values, not ${expected}`)
  }
}

/** What one run of the graph is fed: `count` steps from step `start` of the feeds. */
const inputs = (
  runtime: Runtime,
  program: Program,
  { does, reads }: Call,
  state: Tensors,
  { first, draws }: Feeds,
  start: number,
  count: number,
): Tensors => {
  const rows = (name: string, { shape }: Draw): Tensor =>
    runtime.floats(
      [count, ...shape],
      (draws[name] ?? Float32Array.of()).subarray(start * size(shape), (start + count) * size(shape)),
    )
  return {
    ...(does === 'steps' && { [ports.count]: runtime.integer(count) }),
    [ports.first]: runtime.integer(first + start),
    ...Object.fromEntries(reads.map((name) => [ports.state(name), present(state, name)])),
    ...Object.fromEntries(Object.entries(program.draws).map(([name, draw]) => [ports.draw(name), rows(name, draw)])),
  }
}

const joined = (parts: readonly Metrics[], name: string): Float32Array => {
  const [only, ...others] = parts.map((part) => part[name] ?? Float32Array.of())
  if (only === undefined || others.length === 0) return only ?? Float32Array.of()
  const all = new Float32Array(parts.length * only.length)
  for (const [i, values] of [only, ...others].entries()) all.set(values, i * only.length)
  return all
}

/** Runs the steps, and reads what they report when all of them are under way: nothing waits for a device in between. */
const perform = async (
  runtime: Runtime,
  program: Program,
  call: Call,
  session: Session,
  before: Tensors,
  feeds: Feeds,
): Promise<{ readonly after: Tensors; readonly metrics: Metrics }> => {
  const each = call.does === 'steps' ? feeds.count : 1
  const reports: Tensors[] = []
  let written: Tensors = {}
  try {
    for (let start = 0; start < feeds.count; start += each) {
      const state = { ...before, ...written }
      const outputs = await session.run(inputs(runtime, program, call, state, feeds, start, each))
      free(runtime, written)
      written = pick(outputs, call.writes)
      reports.push(pick(outputs, call.metrics))
    }
    const read = await Promise.all(reports.map(runtime.read))
    reports.forEach(dispose)
    const metrics = Object.fromEntries(Object.keys(call.metrics).map((name) => [name, joined(read, name)]))
    return { after: written, metrics }
  } catch (cause) {
    // Reports are left alone: a tensor can't be freed while it is read.
    free(runtime, written)
    throw cause
  }
}

const executable = (runtime: Runtime, program: Program, call: Call, session: Session, cell: StateCell): Executable => {
  let disposed = false
  const hint =
    runtime.keeps === 'on the device'
      ? 'Go on from the last checkpoint; if this happens again, lower batch or take another backend.'
      : 'Run it on the reference backend to see whether the program is at fault.'
  const run = (feeds: Feeds): TE.TaskEither<BackendError, Metrics> =>
    attempt(runtime.backend, 'running a program', hint, async () => {
      const { after, metrics } = await perform(runtime, program, call, session, cell.get(), feeds)
      cell.replace(after)
      return metrics
    })
  return {
    run: (feeds) =>
      pipe(
        TE.fromIO(() => checkDraws(program, feeds)),
        TE.flatMap(() => run(feeds)),
      ),
    dispose: () => {
      if (!disposed) void session.release()
      disposed = true
    },
  }
}

/** A program that neither writes nor reports does nothing, and ONNX has no graph without outputs. */
const idle: Executable = { run: () => TE.right({}), dispose: () => {} }

const named = (node: Node): Named => {
  const { op, origin, shape } = node
  if (op === 'state' || op === 'draw') return { name: `${op} '${node.params.name}'`, shape }
  return { name: origin === '' ? op : `${op} of ${origin}`, shape }
}

/** Left is the first value of a program that the device has no room for in one piece. Broadcasts are in no memory. */
const withinLimits = ({ backend, overLimits }: Runtime, { nodes }: Program): TE.TaskEither<BackendError, void> => {
  if (overLimits === undefined) return TE.right(undefined)
  const hint = 'Lower the batch, or take a backend on the CPU.'
  const tensors = nodes.filter(({ op }) => op !== 'broadcast').map(named)
  return pipe(
    attempt(backend, 'looking for room', hint, () => overLimits(tensors)),
    TE.flatMap(
      (over): TE.TaskEither<BackendError, void> =>
        over === undefined ? TE.right(undefined) : TE.left({ type: 'BackendError', backend, ...over }),
    ),
  )
}

/** Opens a session for a program. Its executable works on `cell`. */
export const compile = (
  runtime: Runtime,
  program: Program,
  cell: StateCell,
): TE.TaskEither<BackendError, Executable> => {
  const call = runtime.keeps === 'on the device' ? single(program) : chunk(program, runtime.processor)
  if (call.graph.outputs.length === 0) return TE.right(idle)
  const report = `This is a fault of the ${runtime.backend} backend: please report it.`
  return pipe(
    withinLimits(runtime, program),
    TE.flatMap(() =>
      attempt(runtime.backend, 'compiling a program', report, () => runtime.open(writeModel(call.graph))),
    ),
    TE.map((session) => executable(runtime, program, call, session, cell)),
  )
}

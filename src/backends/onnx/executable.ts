import type { Tensor } from 'onnxruntime-node'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { showOrigin } from '../../ir/origin.ts'
import { present } from '../../ir/present.ts'
import type { Draw, Node, Program } from '../../ir/program.ts'
import type { Feeds } from '../core/backend.ts'
import type { Compiled, Made } from '../core/compiled.ts'
import { drawOf } from '../core/feeds.ts'
import type { Named } from '../core/limits.ts'
import { withinLimits } from '../core/withinLimits.ts'
import { type Call, ports } from './call.ts'
import { chunk } from './chunk.ts'
import { attempt } from './error.ts'
import { writeModel } from './model.ts'
import type { Runtime, Session, Tensors } from './runtime.ts'
import { single } from './single.ts'

type Metrics = { readonly [name: string]: Float32Array }

const pick = (tensors: Tensors, outputs: Call['writes']): Tensors =>
  Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, present(tensors[output], output)]))

const free = (runtime: Runtime, tensors: Tensors): void => Object.values(tensors).forEach(runtime.free)

const dispose = (tensors: Tensors): void => {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}

/** The inputs of one run of the graph: `count` steps from step `start` of the feeds. */
const inputs = (
  runtime: Runtime,
  program: Program,
  { does, reads }: Call,
  state: Tensors,
  feeds: Feeds,
  start: number,
  count: number,
): Tensors => {
  const rows = (name: string, { shape }: Draw): Tensor =>
    runtime.floats([count, ...shape], drawOf(feeds, name, shape, start, count))
  return {
    ...(does === 'steps' && { [ports.count]: runtime.integer(count) }),
    [ports.first]: runtime.integer(feeds.first + start),
    ...Object.fromEntries(reads.map((name) => [ports.state(name), present(state[name], name)])),
    ...Object.fromEntries(Object.entries(program.draws).map(([name, draw]) => [ports.draw(name), rows(name, draw)])),
  }
}

/** Concatenates the metrics of all parts of a run. Does not copy a single part. */
const joined = (parts: readonly Metrics[], name: string): Float32Array => {
  const all = parts.map((part) => present(part[name], name))
  const [only] = all
  if (only !== undefined && all.length === 1) return only
  const whole = new Float32Array(all.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of all) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Runs the steps, and reads their metrics after all have been submitted, without waiting for the device in between. */
const perform = async (
  runtime: Runtime,
  program: Program,
  call: Call,
  session: Session,
  before: Tensors,
  feeds: Feeds,
): Promise<Made<Tensor>> => {
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
    return { written, metrics }
  } catch (cause) {
    // Does not free metrics here: a tensor can't be freed while it is read.
    free(runtime, written)
    throw cause
  }
}

const compiled = (runtime: Runtime, program: Program, call: Call, session: Session): Compiled<Tensor> => {
  const hint =
    runtime.keeps === 'on the device'
      ? 'Go on from the last checkpoint; if this happens again, lower batch or take another backend.'
      : 'Run it on the reference backend to see whether the program is at fault.'
  return {
    run: (state, feeds) =>
      attempt(runtime.backend, 'running a program', hint, () => perform(runtime, program, call, session, state, feeds)),
    dispose: () => void session.release(),
  }
}

/** For a program without writes and metrics, because ONNX requires an output. */
const idle: Compiled<Tensor> = { run: () => TE.right({ written: {}, metrics: {} }), dispose: () => {} }

const named = (node: Node): Named => {
  const { op, shape } = node
  const origin = showOrigin(node.origin)
  if (op === 'state' || op === 'draw') return { name: `${op} '${node.params.name}'`, shape }
  return { name: origin === '' ? op : `${op} of ${origin}`, shape }
}

/** Opens a session for a program. Broadcasts take no memory, so none can be too large for a device. */
export const compile = (runtime: Runtime, program: Program): TE.TaskEither<BackendError, Compiled<Tensor>> => {
  const call = runtime.keeps === 'on the device' ? single(program) : chunk(program, runtime.processor)
  if (call.graph.outputs.length === 0) return TE.right(idle)
  const report = `This is a fault of the ${runtime.backend} backend: please report it.`
  return pipe(
    withinLimits(runtime, program.nodes.filter(({ op }) => op !== 'broadcast').map(named)),
    TE.flatMap(() =>
      attempt(runtime.backend, 'compiling a program', report, () => runtime.open(writeModel(call.graph))),
    ),
    TE.map((session) => compiled(runtime, program, call, session)),
  )
}

import { present } from '../../ir/present.ts'
import { float } from './call.ts'
import type { Graph } from './graph.ts'
import { writeModel } from './model.ts'
import { type Runtime, readEach, type Session, type Tensors } from './runtime.ts'

const out = (name: string): string => `${name} on the host`

/** A model that returns its inputs. */
const copies = (tensors: Tensors): Graph => ({
  name: 'copies',
  nodes: Object.keys(tensors).map((name) => ({
    name: `copy of ${name}`,
    op: 'Identity',
    inputs: [name],
    outputs: [out(name)],
    attributes: {},
  })),
  initializers: [],
  inputs: Object.entries(tensors).map(([name, { dims }]) => float(name, dims)),
  outputs: Object.entries(tensors).map(([name, { dims }]) => float(out(name), dims)),
})

/**
 * Reads tensors through a model with outputs on the host, which `open` opens. In onnxruntime-node 1.30, reading a tensor on a device
 * directly crashes the process.
 */
export const readByModel = (open: (model: Uint8Array) => Promise<Session>): Runtime['read'] => {
  const sessions = new Map<string, Promise<Session>>()
  const sessionFor = (tensors: Tensors): Promise<Session> => {
    const key = JSON.stringify(Object.entries(tensors).map(([name, { dims }]) => [name, dims]))
    const session = sessions.get(key) ?? open(writeModel(copies(tensors)))
    sessions.set(key, session)
    return session
  }
  return async (tensors) => {
    if (Object.keys(tensors).length === 0) return {}
    const session = await sessionFor(tensors)
    const read = await readEach(await session.run(tensors))
    return Object.fromEntries(Object.keys(tensors).map((name) => [name, present(read[out(name)], out(name))]))
  }
}

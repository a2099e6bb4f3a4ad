import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, Store } from '../../../src/backends/core/backend.ts'
import { start } from '../../../src/backends/reference/index.ts'
import { type Builder, createBuilder } from '../../../src/ir/builder.ts'
import { again } from '../../../src/ir/node.ts'
import { at } from '../../../src/ir/present.ts'
import type { Node, NodeId, Program } from '../../../src/ir/program.ts'
import { rightOf } from '../../data/files.ts'

/** What a broken backend makes of a node that it was to compute. */
export type Spoil = (b: Builder, id: NodeId, node: Node, program: Program) => NodeId

/** The same program, with other values in some of its nodes. */
const spoiledProgram = (program: Program, spoil: Spoil): Program => {
  const b = createBuilder()
  const moved: NodeId[] = []
  for (const node of program.nodes) {
    const inputs = node.inputs.map((input) => at(moved, input))
    moved.push(spoil(b, again(b, node, inputs), node, program))
  }
  const ends = (ids: Program['writes']): Program['writes'] =>
    Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, at(moved, id)]))
  const writes = ends(program.writes)
  const metrics = ends(program.metrics)
  return { ...b.program({ writes, metrics }), draws: program.draws, state: program.state }
}

const spoiledStore = (store: Store, spoil: Spoil): Store => ({
  ...store,
  compile: (program) => store.compile(spoiledProgram(program, spoil)),
  fork: () => spoiledStore(store.fork(), spoil),
})

/** The reference, but for what it makes of some nodes. */
export const spoiled = async (spoil: Spoil): Promise<Backend> => {
  const reference = await rightOf(start({}))
  return {
    info: { ...reference.info, name: 'spoiled' },
    store: (initial) =>
      pipe(
        reference.store(initial),
        TE.map((store) => spoiledStore(store, spoil)),
      ),
  }
}

export const honest: Spoil = (_, id) => id

/** As float32 rounds: each result off by about a unit in the last place, this way or that by its place in the tensor. */
export const rounding: Spoil = (b, id, { inputs, op, shape }) => {
  const exact = ['reshape', 'transpose', 'broadcast', 'concat', 'slice', 'pad', 'gather', 'select', 'greater', 'equal']
  if (inputs.length === 0 || exact.includes(op)) return id
  const count = shape.reduce((product, n) => product * n, 1)
  const factors = Array.from({ length: count }, (_, i) => 1 + 2 ** -23 * Math.sin(12.9898 * i + 78.233 * id))
  return b.mul(id, b.constant(shape, factors))
}

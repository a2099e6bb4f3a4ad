import { at } from '../../ir/present.ts'
import type { Program } from '../../ir/program.ts'
import { type Call, float, ports, shapeOf, stateNodes } from './call.ts'
import type { Graph, GraphNode } from './graph.ts'
import { lowerStep, type Step } from './lower.ts'
import type { Processor } from './lowering.ts'

/**
 * Compiles a program to a `Loop` whose body is one step. Written state is carried from step to step. The body reads other state and the
 * draws from the outer graph. One step is a trip count of 1, so the number of steps in a call never changes a result.
 */

/** About the cache size of a core or two. Slices below a megabyte would cost more than they save. */
const cached = 5 * 2 ** 20

const carried = (name: string): string => `carried ${name}`

const bodyStep = (program: Program, processor: Processor): Step =>
  lowerStep(program, {
    state: (name) => (name in program.writes ? carried(name) : ports.state(name)),
    draw: ports.draw,
    iteration: 'iteration',
    first: ports.first,
    working: processor === 'cpu' ? cached : Number.POSITIVE_INFINITY,
    processor,
  })

/** The loop's body: `(iteration, going, ...carried) -> (goes on, ...next, ...metrics)`. */
const loopBody = (program: Program, writes: readonly string[], step: Step): Graph => ({
  name: 'step',
  nodes: [...step.nodes, { name: 'go on', op: 'Identity', inputs: ['going'], outputs: ['goes on'], attributes: {} }],
  initializers: step.initializers,
  inputs: [
    { name: 'iteration', type: 'int64', shape: [] },
    { name: 'going', type: 'bool', shape: [] },
    ...writes.map((name) => float(carried(name), shapeOf(program.state, name))),
  ],
  outputs: [{ name: 'goes on', type: 'bool', shape: [] }, ...step.writes, ...step.metrics],
})

export const chunk = (program: Program, processor: Processor): Call => {
  const writes = Object.keys(program.writes)
  const metrics = Object.keys(program.metrics)
  const reads = [...new Set([...writes, ...stateNodes(program)])]
  const step = bodyStep(program, processor)
  const loop: GraphNode = {
    name: 'steps',
    op: 'Loop',
    inputs: [ports.count, '', ...writes.map(ports.state)],
    outputs: [...writes.map(ports.next), ...metrics.map(ports.metric)],
    attributes: { body: { type: 'graph', value: loopBody(program, writes, step) } },
  }
  const graph: Graph = {
    name: 'chunk',
    nodes: [loop],
    initializers: [],
    inputs: [
      { name: ports.count, type: 'int64', shape: [] },
      { name: ports.first, type: 'int64', shape: [] },
      ...reads.map((name) => float(ports.state(name), shapeOf(program.state, name))),
      ...Object.entries(program.draws).map(([name, draw]) => float(ports.draw(name), ['count', ...draw.shape])),
    ],
    outputs: [
      ...writes.map((name) => float(ports.next(name), shapeOf(program.state, name))),
      ...step.metrics.map(({ shape }, place) => float(ports.metric(at(metrics, place)), ['count', ...shape])),
    ],
  }
  const outputs = (names: readonly string[], port: (name: string) => string) =>
    Object.fromEntries(names.map((name) => [name, port(name)]))
  return {
    does: 'steps',
    graph,
    reads,
    writes: outputs(writes, ports.next),
    metrics: outputs(metrics, ports.metric),
  }
}

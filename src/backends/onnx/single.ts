import { at } from '../../ir/present.ts'
import type { Program } from '../../ir/program.ts'
import { type Call, float, ports, shapeOf, stateNodes } from './call.ts'
import type { Initializer, Port } from './graph.ts'
import { constants, withoutLacking } from './lacking.ts'
import { lowerStep } from './lower.ts'

/** A call has one step, so none precedes it. */
const iteration: Initializer = { name: 'iteration', type: 'int64', shape: [], values: BigInt64Array.of(0n) }

const byName = (names: readonly string[], results: readonly Port[]): { readonly [name: string]: string } =>
  Object.fromEntries(names.map((name, place) => [name, at(results, place).name]))

/**
 * Compiles a program to a graph of one step, for providers without `Loop`: onnxruntime would run the loop on the CPU, and copy all state to
 * and from the device at every step.
 */
export const single = (program: Program): Call => {
  const reads = [...new Set(stateNodes(program))]
  const step = lowerStep(program, {
    state: ports.state,
    draw: ports.draw,
    iteration: iteration.name,
    first: ports.first,
    // No slices: Scan would run on the CPU, and a device works best on the whole batch.
    working: Number.POSITIVE_INFINITY,
    processor: 'gpu',
  })
  return {
    does: 'step',
    graph: {
      name: 'step',
      nodes: withoutLacking(step.nodes),
      initializers: [...step.initializers, iteration, ...constants],
      inputs: [
        { name: ports.first, type: 'int64', shape: [] },
        ...reads.map((name) => float(ports.state(name), shapeOf(program.state, name))),
        ...Object.entries(program.draws).map(([name, draw]) => float(ports.draw(name), [1, ...draw.shape])),
      ],
      outputs: [...step.writes, ...step.metrics],
    },
    reads,
    writes: byName(Object.keys(program.writes), step.writes),
    metrics: byName(Object.keys(program.metrics), step.metrics),
  }
}

import * as E from '#fp-ts/Either'
import { inputsOf, type LayerContext } from '../../../src/dsl/layers/layer.ts'
import { type Layer, layerKind } from '../../../src/dsl/layers/table.ts'
import type { Term } from '../../../src/dsl/terms/term.ts'
import { partsOf } from '../../../src/dsl/terms/termParts.ts'
import { type Builder, createBuilder } from '../../../src/ir/builder.ts'
import { evaluate, type Values } from '../../../src/ir/evaluate.ts'
import type { BinaryOp, UnaryOp } from '../../../src/ir/ops/elementwise.ts'
import { at } from '../../../src/ir/present.ts'
import type { NodeId, Shape } from '../../../src/ir/program.ts'

type Elementwise = Extract<Term, { readonly op: UnaryOp | BinaryOp | 'square' | 'stopGradient' | 'select' }>

/** An elementwise term of t, without the compiler. */
const expression =
  (b: Builder) =>
  (term: Term, t: NodeId): NodeId => {
    if (term.op === 'number') return b.number(term.value)
    if (term.op === 'variable') return t
    const parts = Object.values(partsOf(term)).map((part) => expression(b)(part, t))
    // The shape rule lets only such terms through.
    const { op } = term as Elementwise
    if (op === 'select') return b.select(at(parts, 0), at(parts, 1), at(parts, 2))
    return parts.length === 1 ? b[op as UnaryOp](at(parts, 0)) : b[op as BinaryOp](at(parts, 0), at(parts, 1))
  }

/** A layer's operations: its inputs, what they make, and by name what it trains and what its slots become. */
interface Laid {
  readonly builder: Builder
  readonly inputs: readonly NodeId[]
  readonly parameters: { readonly [name: string]: NodeId }
  readonly y: NodeId
  readonly fed: { readonly [name: string]: NodeId }
}

export interface Lowered {
  readonly shape: Shape
  /** What it draws, its inputs among them. */
  readonly draws: { readonly [name: string]: { readonly shape: Shape } }
  readonly run: (values: Values) => Values
}

/**
 * A layer by itself: its inputs are the draws `0` and `1` of `[batch, ...shape]`, its parameters and slots are state of their
 * own names, its random numbers the draws `uniform` and `normal`.
 */
export const laid = (layer: Layer, inputs: readonly Shape[], batch: number, training = true): Laid => {
  const b = createBuilder()
  const definition = layerKind.definitionOf(layer)
  const shapes = inputsOf(definition.arity, inputs)
  const parameters = definition.parameters(layer, shapes)
  const slots = definition.slots(layer, shapes)
  const fed: { [name: string]: NodeId } = {}
  const draw = (name: string, shape: Shape) =>
    b.draw(name, { shape: [batch, ...shape], origin: { type: 'uniform', stream: name } })
  const declared = (shape: Shape | undefined): Shape => {
    if (shape === undefined) throw new Error('the layer reads what it does not declare')
    return shape
  }
  const context: LayerContext = {
    builder: b,
    batch,
    training,
    input: () => draw('0', layer.type === 'input' ? layer.shape : []),
    parameter: (name) => b.state(name, declared(parameters[name]?.shape)),
    slot: (name) => b.state(name, declared(slots[name]?.shape)),
    feed: (name, value) => {
      fed[name] = value
    },
    uniform: (shape) => draw('uniform', shape),
    normal: (shape) => draw('normal', shape),
    expression: expression(b),
  }
  const nodes = inputs.map((shape, i) => draw(`${i}`, shape))
  const own = Object.entries(parameters).map(([name, { shape }]) => [name, b.state(name, shape)] as const)
  const y = definition.lower(layer, context, inputsOf(definition.arity, nodes))
  return { builder: b, inputs: nodes, parameters: Object.fromEntries(own), y, fed }
}

/** The layer as a program, which reports `y` and, by name, what its slots become. */
export const lowered = (layer: Layer, inputs: readonly Shape[], batch: number, training = true): Lowered => {
  const { builder: b, y, fed } = laid(layer, inputs, batch, training)
  const program = b.program({ writes: {}, metrics: { y, ...fed } })
  return {
    shape: b.shape(y),
    draws: program.draws,
    run: (values) => evaluate(program, { state: values, draws: values, step: 0 }).metrics,
  }
}

/** The shape of a layer's result, or what is wrong. */
export const shapeOf = (layer: Layer, ...inputs: readonly Shape[]) => {
  const { arity, shape } = layerKind.definitionOf(layer)
  return shape(layer, inputsOf(arity, inputs))
}

/** The problem that there must be. */
export const problemOf = (layer: Layer, ...inputs: readonly Shape[]) => {
  const shape = shapeOf(layer, ...inputs)
  if (E.isRight(shape)) throw new Error(`nothing is wrong with ${JSON.stringify(layer)} of ${JSON.stringify(inputs)}`)
  return shape.left
}

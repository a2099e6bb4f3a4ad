import type { Drawn } from '../dsl/names/drawName.ts'
import type { LayerPlace } from '../dsl/names/layerName.ts'
import { outputOf } from '../dsl/terms/apply.ts'
import type { Level } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import { lead, spread, type Value } from '../dsl/terms/value.ts'
import { widest } from '../dsl/terms/valueType.ts'
import { batched } from '../ir/axes.ts'
import type { Origin } from '../ir/origin.ts'
import { present } from '../ir/present.ts'
import { type NodeId, type Shape, size } from '../ir/program.ts'
import type { Application } from './batchedApplications.ts'
import { lowerNetwork } from './lowerNetwork.ts'
import type { Scope } from './scope.ts'

/** An expression of `t` alone, as a layer's activation is, and where it comes from. */
type Expression = (expression: Term, t: NodeId, origin: Origin) => NodeId

/** An application, with those whose samples are computed in the same batch. */
export const lowerApply = (
  scope: Scope,
  term: Application,
  lower: (term: Term) => Value,
  expression: Expression,
): Value => {
  const { builder: b, batch } = scope
  const network = present(scope.networks[term.network], `network ${term.network}`)
  const group = scope.batchedApplications(term)
  const given = group.map(({ inputs }) =>
    Object.fromEntries(Object.entries(inputs).map(([name, of]) => [name, lower(of)])),
  )
  const level = widest([
    ...(Object.keys(network.inputs).length === 0 ? [] : ['sample' as const]),
    ...given.flatMap((inputs) => Object.values(inputs).map((value) => value.level)),
  ])
  const count = size(lead(level, batch))
  const inputs = Object.entries(network.inputs).map(([name, shape]) => {
    const rows = given.map((values) =>
      b.reshape(spread(b, present(values[name], `value ${name}`), level, shape, batch), [count, ...shape]),
    )
    return [name, b.concat(rows, 0)] as const
  })
  const outputs = lowerNetwork(network, {
    builder: b,
    origin: scope.origin(term),
    batch: count * group.length,
    training: scope.training(term.network),
    inputs: Object.fromEntries(inputs),
    state: scope.state,
    feed: scope.feed,
    random: (distribution, layer, shape) => {
      const [rows, ...sample] = batched(shape)
      const own = [rows / group.length, ...sample]
      return b.concat(
        group.map((each) => layerDraw(scope, distribution, layer, each, level, own)),
        0,
      )
    },
    expression,
  })
  const output = present(outputs[outputOf(term)], `output '${outputOf(term)}'`)
  const [own, ...shape] = batched(b.shape(output))
  const full = own === count * group.length ? output : b.broadcast(output, [count, ...shape])
  const zeros = shape.map(() => 0)
  const part = b.slice(full, [group.indexOf(term) * count, ...zeros], [count, ...shape])
  return { level, shape, node: b.reshape(part, [...lead(level, batch), ...shape]) }
}

/** The numbers that a layer draws in an application of its network. */
const layerDraw = (
  scope: Scope,
  type: 'uniform' | 'normal',
  place: LayerPlace,
  term: Application,
  level: Level,
  shape: Shape,
): NodeId => {
  const drawn: Drawn = { type: 'layer', place, application: scope.application(term), pairs: level === 'pair' }
  return scope.draw(drawn, shape, false, (stream) => ({ type, stream }))
}

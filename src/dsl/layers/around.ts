import { checkFunction, checkOptions } from '../../codecs/argument.ts'
import { type GraphOrMessage, toGraph } from '../networks/graph.ts'
import type { EqualisedOptions } from './equalised.ts'
import type { Layer } from './table.ts'
import { isWeighted } from './weighted.ts'
import type { WeightRule } from './weightRules.ts'

/**
 * The same layers, with this rule for the weights of those that have weights and say none. Where none has weights, the last
 * says the rule all the same, for the check of the spec to report.
 */
const around =
  (rule: WeightRule) =>
  <A, B extends GraphOrMessage>(layers: (net: A) => B): ((net: A) => B) => {
    checkFunction(rule.type, 'layers', layers, `Write ${rule.type}(dense(64)).`)
    return (net) => ruled(rule, layers, net)
  }

const ruled = <A, B extends GraphOrMessage>(rule: WeightRule, layers: (net: A) => B, net: A): B => {
  const before = new Set(toGraph<Layer>(net, rule.type).nodes.map(({ layer }) => layer))
  const made = toGraph<Layer>(layers(net), rule.type)
  const added = made.nodes.filter(({ layer }) => !before.has(layer))
  const last = added.some(({ layer }) => isWeighted(layer)) ? undefined : added.at(-1)
  const withRule = (layer: Layer): Layer => {
    const takes = isWeighted(layer) ? layer.weights === undefined : layer === last?.layer
    const taken = { ...layer, weights: rule }
    return takes ? taken : layer
  }
  const nodes = made.nodes.map((node) => (before.has(node.layer) ? node : { ...node, layer: withRule(node.layer) }))
  const graph: GraphOrMessage = { ...made, nodes }
  // A network's type says nothing of the rules of its weights.
  return graph as B
}

/**
 * Around a layer of weights, or a block of layers: each kernel, as the matrix of its units, divided by its largest singular
 * value, so that `dense` stretches no distance, and `conv2d` none by more than its kernel's side:
 * `pipe(x, spectralNorm(dense(64)), relu)`. The shape stays, and so do biases, norms and the like. Power iteration estimates the
 * value; its vector u is state, moves by one iteration per update of the network's owner, and counts as fixed in derivatives.
 * Miyato et al. 2018, equations 8 and 12, algorithm 1.
 *
 * @example pipe(input([2]), spectralNorm(dense(64)), relu, spectralNorm(dense(1)))
 */
export const spectralNorm = /* @__PURE__ */ around({ type: 'spectralNorm' })

/**
 * Around a layer of weights, or a block of layers: each unit's weights are g v / |v|, with both the vector v and the length g
 * trained. g starts as the length that the initialiser gives v, in the root of the mean square. The shape stays.
 * Salimans and Kingma 2016, equation 2.
 *
 * @example pipe(input([2]), weightNorm(dense(64)), relu, weightNorm(dense(1)))
 */
export const weightNorm = /* @__PURE__ */ around({ type: 'weightNorm' })

/**
 * Around a layer of weights, or a block of layers: weights start standard normal and are multiplied at run time by
 * gain / sqrt(fan in), He's constant where no gain is said, so that an optimizer like Adam moves all layers at one speed. The
 * shape stays. A layer that says its own `init` starts with that instead. Karras et al. 2018, section 4.1; `multiplier` is the
 * learning rate multiplier of Karras et al. 2019, appendix C.
 *
 * @example pipe(input([2]), equalised(dense(64)), relu, equalised(dense(1)))
 */
export const equalised = <A, B extends GraphOrMessage>(
  layers: (net: A) => B,
  options: EqualisedOptions = {},
): ((net: A) => B) => {
  checkOptions<EqualisedOptions>(
    'equalised',
    options,
    { gain: 'optional', multiplier: 'optional' },
    'equalised(dense(64), {})',
  )
  return around({ type: 'equalised', ...options })(layers)
}

import { checkFunction, checkOptions } from '../../codecs/argument.ts'
import { type GraphOrMessage, toGraph } from '../networks/graph.ts'
import type { EqualisedOptions } from './equalised.ts'
import type { Layer } from './table.ts'
import { isWeighted } from './weighted.ts'
import type { WeightRule } from './weightRules.ts'

/**
 * Sets a weight rule on all layers that have weights and no rule yet. If none has weights, sets it on the last layer, so that the
 * check of the spec reports it.
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
  // The type of a network does not include its weight rules.
  return graph as B
}

/**
 * Spectral norm of a layer with weights, or of a block of layers: divides each kernel, as the matrix of its units, by its largest
 * singular value. Then `dense` is 1-Lipschitz, and `conv2d` stretches no distance by more than its kernel's side. Biases and norms are
 * not changed. Power iteration estimates the singular value; its vector u is state, gets one iteration per update of the network's
 * owner, and counts as constant in derivatives. The shape stays. Miyato et al. 2018, equations 8 and 12, algorithm 1.
 *
 * @example pipe(input([2]), spectralNorm(dense(64)), relu, spectralNorm(dense(1)))
 */
export const spectralNorm = /* @__PURE__ */ around({ type: 'spectralNorm' })

/**
 * Weight normalisation of a layer with weights, or of a block of layers: each unit's weights are g v / |v|, where the vector v and the
 * length g are trained. g starts at the root mean square length that the initialiser gives v. The shape stays. Salimans and Kingma 2016, equation 2.
 *
 * @example pipe(input([2]), weightNorm(dense(64)), relu, weightNorm(dense(1)))
 */
export const weightNorm = /* @__PURE__ */ around({ type: 'weightNorm' })

/**
 * Equalised learning rate for a layer with weights, or a block of layers: weights start standard normal, and are multiplied at run
 * time by gain / sqrt(fan in), with He's constant as the default gain. Adam then trains all layers at the same speed. A layer with its
 * own `init` starts with that. The shape stays. Karras et al. 2018, section 4.1; `multiplier` is the learning rate multiplier of Karras et al. 2019,
 * appendix C.
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

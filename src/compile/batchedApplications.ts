import { layerKind } from '../dsl/layers/table.ts'
import { postOrder } from '../dsl/terms/postOrder.ts'
import type { Term } from '../dsl/terms/term.ts'
import { partsOf, subterms, type TermId } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import type { CheckedNetwork } from './network.ts'

export type Application = Extract<Term, { readonly op: 'apply' }>

/** The applications that are computed with one, itself among them: their samples are one batch. */
export type BatchedApplications = (application: Application) => readonly Application[]

export const separateApplications: BatchedApplications = (application) => [application]

/**
 * D(x) and D(fake) are one pass over twice the samples: half the work of starting one. That is so for the applications, in
 * an objective, of a network that its player owns (others would carry samples backward through which no gradient is asked
 * for), where no layer mixes samples. An application that a gradient shares with the objective, as D(x) in R1, stays apart:
 * it is computed once for both.
 */
export const batchedApplications = (
  objective: Term,
  networks: { readonly [name: string]: CheckedNetwork | undefined },
  owned: readonly string[],
  identify: (term: Term) => TermId,
): BatchedApplications => {
  const identity = (term: Application): TermId => {
    const { output: _, logits: __, ...same } = term
    return identify(same)
  }
  const inGradients = new Set(
    subterms(objective).flatMap((term) =>
      term.op === 'grad' ? subterms(term.of).filter(isApplication).map(identity) : [],
    ),
  )
  const contentsOf = contents()
  const joins = (term: Application): boolean =>
    owned.includes(term.network) &&
    keepsSamplesSeparate(networks[term.network]) &&
    !inGradients.has(identity(term)) &&
    isPlain(term, contentsOf)
  const groups = new Map<string, Map<TermId, Application>>()
  // What is done only at some steps must not be part of what is done at all of them.
  const joined = termsDownTo(objective, (term) => term.op === 'grad' || term.op === 'every')
    .filter(isApplication)
    .filter(joins)
  const circular = networksInCircles(joined, contentsOf)
  for (const term of joined.filter(({ network }) => !circular.has(network))) {
    const group = groups.get(term.network) ?? new Map<TermId, Application>()
    groups.set(term.network, group)
    if (!group.has(identity(term))) group.set(identity(term), term)
  }
  return (term) => {
    const group = groups.get(term.network)
    // The application itself may differ from its equal in the group by the output that it asks for.
    return group?.has(identity(term)) ? [...group].map(([id, each]) => (id === identity(term) ? term : each)) : [term]
  }
}

/**
 * Networks that are fed, over others or not, with what they make themselves, as the two translators of a cycle are: one batch
 * of all applications of one would need that of the other, and that the first.
 */
const networksInCircles = (applications: readonly Application[], contentsOf: ContentsOf): ReadonlySet<string> => {
  const feeds = new Map<string, Set<string>>()
  for (const { network, inputs } of applications) {
    const within = Object.values(inputs).flatMap((input) => [...contentsOf(input).networks])
    feeds.set(network, new Set([...(feeds.get(network) ?? []), ...within]))
  }
  const reached = (from: string): ReadonlySet<string> => {
    const found = new Set(feeds.get(from))
    for (const each of found) for (const next of feeds.get(each) ?? []) found.add(next)
    return found
  }
  return new Set([...feeds.keys()].filter((network) => reached(network).has(network)))
}

const isApplication = (term: Term): term is Application => term.op === 'apply'

const keepsSamplesSeparate = (network: CheckedNetwork | undefined): boolean =>
  network?.nodes.every(
    ({ node, perSample }) => perSample && layerKind.definitionOf(node.layer).mixesSamples === false,
  ) ?? false

/** What stands in a term, itself included. */
interface Contents {
  readonly networks: ReadonlySet<string>
  /** Whether it has pairs, or anything that is bound around it. */
  readonly isOpen: boolean
}
type ContentsOf = (term: Term) => Contents

/** Finds the contents of terms, of each once: a chain of networks has every one of them within the next. */
const contents = (): ContentsOf => {
  const known = new Map<Term, Contents>()
  const find = (term: Term): Contents => {
    const parts = Object.values(partsOf(term)).map(contentsOf)
    const [only] = parts
    const own = term.op === 'pair' || term.op === 'previous' || term.op === 'variable'
    if (only !== undefined && parts.length === 1 && !own && term.op !== 'apply') return only
    const networks = new Set(parts.flatMap((part) => [...part.networks]))
    if (term.op === 'apply') networks.add(term.network)
    return { networks, isOpen: own || parts.some(({ isOpen }) => isOpen) }
  }
  const contentsOf = (term: Term): Contents => {
    const found = known.get(term)
    if (found !== undefined) return found
    const partsLeft = (each: Term): readonly Term[] => Object.values(partsOf(each)).filter((part) => !known.has(part))
    for (const each of postOrder(term, partsLeft)) known.set(each, find(each))
    return contentsOf(term)
  }
  return contentsOf
}

/** Not of pairs, nor of what is bound around it, and of nothing that the network itself makes. */
const isPlain = ({ network, inputs }: Application, contentsOf: ContentsOf): boolean =>
  Object.values(inputs)
    .map(contentsOf)
    .every(({ networks, isOpen }) => !isOpen && !networks.has(network))

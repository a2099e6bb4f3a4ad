import { checkNumber } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import { type Expr, type Level, toTerm } from '../terms/expression.ts'
import { rewrite } from '../terms/rewrite.ts'
import type { Term } from '../terms/term.ts'
import { identifier, mapParts, subterms } from '../terms/termParts.ts'
import { checkNetworkInput, type NetworkInput } from './view.ts'

/**
 * Renames the draws of a term, so that they are independent. Keeps slots, and draws that count for the whole pack.
 */
const another = (term: Term, suffix: string): Term => {
  const done = new Map<Term, Term>()
  const visit = (each: Term): Term => {
    const made = done.get(each) ?? renamed(each)
    done.set(each, made)
    return made
  }
  const renamed = (each: Term): Term => {
    if (each.op === 'slot' || (each.op === 'noise' && each.perPack === true)) return each
    if (each.op === 'sample') return { ...each, draw: each.draw === undefined ? suffix : `${each.draw}-${suffix}` }
    if (each.op === 'noise') return { ...each, draw: `${each.draw}-${suffix}` }
    const inner = mapParts(each, visit)
    return inner.op === 'apply' && inner.name !== undefined ? { ...inner, name: `${inner.name}-${suffix}` } : inner
  }
  return visit(term)
}

/** Replaces each input of a network by a pack of independent samples, concatenated along the last axis. */
export const packedTerm = (term: Term, { network, input = 'x', shape }: NetworkInput, samples: number): Term => {
  const axis = Math.max(0, shape.length - 1)
  const suffixes = Array.from(
    { length: Number.isFinite(samples) ? Math.max(0, Math.ceil(samples) - 1) : 0 },
    (_, i) => `p${i + 2}`,
  )
  // The check of the spec reports an empty pack.
  const copies = (of: Term): readonly Term[] =>
    samples >= 1 && Number.isFinite(samples) ? [of, ...suffixes.map((suffix) => another(of, suffix))] : []
  const pack = (of: Term): Term => ({ op: 'concat', parts: copies(of), axis })
  /** A gradient by a sample that the network sees becomes one by the pack; a gradient by a latent becomes one by each latent of the pack. */
  const gradient = (each: Extract<Term, { readonly op: 'grad' }>): Term => {
    const inner = subterms(each.of)
    if (!inner.some((part) => part.op === 'apply' && part.network === network)) return each
    const identify = identifier()
    const by = pack(each.by)
    if (inner.some((part) => identify(part) === identify(by))) return { ...each, by }
    return { op: 'concat', parts: copies(each.by).map((copy) => ({ ...each, by: copy })), axis }
  }
  return rewrite(term, (each) => {
    if (each.op === 'grad') return gradient(each)
    const seen = each.op === 'apply' && each.network === network ? each.inputs[input] : undefined
    return each.op !== 'apply' || seen === undefined
      ? each
      : { ...each, inputs: { ...each.inputs, [input]: pack(seen) } }
  })
}

/**
 * An expression in which a network judges `samples` independent samples together, joined along the last axis: every D(u) is
 * D of u and of the same over other draws. `eye.shape` is that of one sample; the network takes so many times its last
 * size. Lin et al. 2018, section 3.
 *
 * @example packed(E(softplus(D(fake))), { network: 'D', shape: [2] }, 2)
 */
export const packed = <L extends Level, S extends Shape, U extends string>(
  of: Expr<L, S, U>,
  at: NetworkInput,
  samples: number,
): Expr<L, S, U> => {
  checkNetworkInput('packed', at, 'packed(E(D(x)), {}, 2)')
  if (!Number.isNaN(samples))
    checkNumber('packed', 'samples', samples, `Write packed(E(D(x)), { network: 'D', shape: [2] }, 2).`)
  return { term: packedTerm(toTerm(of, 'packed'), at, samples) }
}

import { checkLoss } from '../dsl/objectives/checkLoss.ts'
import { type Coefficient, checkCoefficients } from '../dsl/objectives/coefficient.ts'
import { changed } from '../dsl/objectives/piece.ts'
import { G, type Loss, x, z } from '../dsl/objectives/symbols.ts'
import { noise } from '../dsl/terms/draw.ts'
import { greater, select } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import { identifier } from '../dsl/terms/termParts.ts'

/**
 * Flips labels: with this probability, drawn per sample, a real and a generated sample swap places in D's objective. The generator's
 * objective is unchanged. Chintala et al. 2016, ganhacks 6.
 *
 * If samples are packed, all samples of a pack swap or none. With probability a, D sees (1 - a) p_data + a p_g in place of p_data,
 * and (1 - a) p_g + a p_data in place of p_g.
 *
 * @example gan({ ...parts, loss: flipLabels({ probability: 0.05 })(losses.nonSaturating) })
 */
export const flipLabels = (options: { readonly probability: Coefficient }) => {
  checkCoefficients<typeof options>('flipLabels', options, { probability: 'required' })
  const { probability } = options
  return (loss: Loss): Loss => {
    checkLoss('flipLabels', '', loss)
    const flipped = greater(ranged('probability', probability), noise('uniform', [], { draw: 'flip', perPack: true }))
    const [real, fake] = [x.term, G(z).term]
    const identify = identifier()
    const [asReal, asFake] = [identify(real), identify(fake)]
    const { discriminator } = loss
    const objective = rewrite(discriminator.objective, (term) => {
      if (identify(term) === asReal) return select(flipped, { term: fake }, { term: real }).term
      return identify(term) === asFake ? select(flipped, { term: real }, { term: fake }).term : term
    })
    const flipping = { ...loss, discriminator: { ...discriminator, objective } }
    return changed(loss, { name: 'flipLabels', parameters: { probability } }, flipping)
  }
}

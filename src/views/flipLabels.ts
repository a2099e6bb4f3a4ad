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
 * The same loss with D now and then misled: with a probability, drawn for each sample, a real one and a generated one change
 * places in what D pays. The generator's part stays. Chintala et al. 2016, ganhacks 6.
 *
 * A label belongs to what D judges: where samples are packed, all of a pack change places or none. With the probability a, D
 * learns from (1 - a) p_data + a p_g in the place of data and from (1 - a) p_g + a p_data in the place of samples.
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

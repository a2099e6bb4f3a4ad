import type { Coefficient } from '../dsl/coefficient.ts'
import { noise } from '../dsl/draw.ts'
import { greater, select } from '../dsl/elementwise.ts'
import { ranged } from '../dsl/ranges.ts'
import { G, type Loss, x, z } from '../dsl/symbols.ts'
import { identifier } from '../dsl/termParts.ts'
import { seenTerm } from '../dsl/view.ts'

/**
 * The same loss with D now and then misled: with a probability, drawn for each sample, a real one and a generated one change
 * places. The generator's part stays. Chintala et al. 2016, ganhacks 6.
 */
export const flipLabels =
  ({ probability }: { readonly probability: Coefficient }) =>
  (loss: Loss): Loss => {
    const flipped = greater(ranged('probability', probability), noise('uniform', [], 'flip'))
    const [real, fake] = [x.term, G(z).term]
    const identify = identifier()
    const exchanged = (seen: typeof real) => {
      if (identify(seen) === identify(real)) return select(flipped, { term: fake }, { term: real }).term
      return identify(seen) === identify(fake) ? select(flipped, { term: real }, { term: fake }).term : seen
    }
    const { discriminator } = loss
    const eye = { network: 'D', shape: [] }
    return {
      ...loss,
      discriminator: { ...discriminator, objective: seenTerm(discriminator.objective, eye, exchanged) },
    }
  }

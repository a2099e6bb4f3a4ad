import * as E from '#fp-ts/Either'
import { type SpecError, specError } from '../errors/specError.ts'
import { sameShape, showShape } from '../ir/program.ts'
import { shapesOf } from '../spec/checkProvenance.ts'
import { lossOf } from '../spec/fromProvenance.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { CheckedNetwork } from './network.ts'

/** What is wrong with the discriminator of a loss that reads it as an autoencoder: its output has the shape of a sample. */
export const checkReconstruction = (
  game: GameSpec,
  networks: { readonly [name: string]: CheckedNetwork | undefined },
): readonly SpecError[] => {
  const { provenance } = game
  if (provenance === undefined || provenance.loss.loss === 'own') return []
  const loss = lossOf(provenance.loss.loss, ['provenance', 'loss'])
  if (E.isLeft(loss) || !loss.right.reconstructs) return []
  const { network } = provenance.roles.discriminator
  const found = networks[network]?.outputs['']
  const { sample } = shapesOf(game, provenance)
  if (found === undefined || sameShape(found, sample)) return []
  const { name } = loss.right
  const other = name === 'energyBased' ? ", or give losses.energyBased energy: 'output'" : ''
  return [
    specError(['networks', network, 'output'], {
      expected: `${showShape(sample)}, the shape of a sample: losses.${name} reads ${network} as an autoencoder`,
      found: showShape(found),
      hint: `end ${network} in a layer whose output has the shape ${showShape(sample)}${other}`,
    }),
  ]
}

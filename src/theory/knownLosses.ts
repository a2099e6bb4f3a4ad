import * as E from '#fp-ts/Either'
import * as losses from '../losses/losses.ts'
import { lossOf } from '../spec/fromProvenance.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { KnownLosses } from './recognise.ts'

/** The losses that a game may have: the one in its provenance, else all. */
export const knownLosses = ({ provenance }: GameSpec): KnownLosses => {
  const piece = provenance?.loss.loss
  if (piece === undefined || piece === 'own') return losses
  const loss = lossOf(piece, ['provenance', 'loss', 'loss'])
  return E.isRight(loss) ? { [piece.name]: loss.right } : losses
}

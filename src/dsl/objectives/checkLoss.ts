import { refuse } from '../../codecs/argument.ts'
import { isObject } from '../../codecs/failures.ts'

const isPlayer = (u: unknown): boolean => isObject(u) && 'goal' in u && 'objective' in u

const lossHint = (loss: unknown): string => {
  if (typeof loss === 'string' && /^[a-zA-Z]+$/.test(loss)) return `Write losses.${loss}, without quotes.`
  if (typeof loss === 'function') return 'This loss has options: call it, losses.leastSquares() for instance.'
  return 'Write losses.nonSaturating, or another field of losses; look at the name for a typing error.'
}

/** Throws an `ArgumentError` unless it is a loss of a gan, which has two players. */
export const checkLoss = (called: string, place: string, loss: unknown): void => {
  if (!isObject(loss) || !isPlayer(Object(loss).discriminator) || !isPlayer(Object(loss).generator))
    refuse(called, place, loss, 'a loss', lossHint(loss))
}

import { refuse } from '../../codecs/argument.ts'
import { isObject } from '../../codecs/failures.ts'

const isPlayer = (u: unknown): boolean => isObject(u) && 'goal' in u && 'objective' in u

const lossHint = (loss: unknown): string => {
  if (typeof loss === 'string' && /^[a-zA-Z]+$/.test(loss)) return `Write losses.${loss}, without quotes.`
  if (typeof loss === 'function') return 'This loss has options: call it, losses.leastSquares() for instance.'
  return 'Write losses.nonSaturating, or another loss; check the name.'
}

/** Throws an `ArgumentError` unless the value is a loss. */
export const checkLoss = (called: string, place: string, loss: unknown): void => {
  if (!isObject(loss) || !isPlayer(Object(loss).discriminator) || !isPlayer(Object(loss).generator))
    refuse(called, place, loss, 'a loss', lossHint(loss))
}

import { type NoAnswer, noAnswer } from '../errors/noAnswer.ts'

/** Why something can't be measured of a game; `hint` says what can be. */
export const notMeasured = (message: string, hint = 'Measure something else of this game.'): NoAnswer =>
  noAnswer(message, hint)

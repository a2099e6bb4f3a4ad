import { type NoAnswer, noAnswer } from '../errors/noAnswer.ts'

/** The reason why a game has no theory. */
export const noTheory = (message: string): NoAnswer =>
  noAnswer(
    message,
    'Theory covers a discriminator that scores data and samples of one generator, each sample by itself.',
  )

import { type NoAnswer, noAnswer } from '../errors/noAnswer.ts'

/** Why theory has nothing to say of a game. */
export const noTheory = (message: string): NoAnswer =>
  noAnswer(
    message,
    'Theory covers a discriminator that is judged at data and at samples of one generator, each by itself.',
  )

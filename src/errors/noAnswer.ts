import type { Place } from './place.ts'

/** Why a question about a game has no answer: no theory covers the game, or the quantity can't be measured for it. */
export interface NoAnswer {
  readonly type: 'NoAnswer'
  readonly place?: Place
  readonly message: string
  readonly hint: string
}

export const noAnswer = (message: string, hint: string, place?: Place): NoAnswer => ({
  type: 'NoAnswer',
  ...(place !== undefined && { place }),
  message,
  hint,
})

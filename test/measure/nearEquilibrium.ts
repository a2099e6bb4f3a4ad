import { equilibriumValue } from '../../src/measure/textbookValue.ts'
import type { Outcome } from './gaussianGame.ts'

/**
 * What speaks against a game having come from far off to near equilibrium. There the samples are the data's, and a D trained
 * afresh finds no difference: it gives 1/2 to both. Before the first step it tells all apart. The untrained D's own value
 * was far lower then, for it knew nothing: only a best reply's value says how near samples and data are.
 */
export const shortcomings = ({ before, after }: Outcome): readonly string[] => {
  const { fresh } = after.reply
  const claims = {
    'the start is far off': before.divergence > 0.3 && before.reply.fresh.value > -0.5,
    'an untrained D’s value does not tell': before.reply.trained.value < before.reply.fresh.value - 0.5,
    'the JSD is below 0.01': after.divergence < 0.01,
    'the best reply’s value is -log 4 within 0.02': Math.abs(fresh.value - equilibriumValue) < 0.02,
    'the best reply is 1/2 within 0.02': [fresh.real, fresh.generated].every((D) => Math.abs(D - 0.5) < 0.02),
  }
  return Object.entries(claims).flatMap(([claim, holds]) => (holds ? [] : [claim]))
}

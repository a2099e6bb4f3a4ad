import * as E from '#fp-ts/Either'
import type { Elaborated } from '../compile/elaborate.ts'
import { endsInSigmoid } from '../compile/network.ts'
import type { Roles } from '../compile/roles.ts'
import { add, log, sigmoid, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { E as mean } from '../dsl/terms/statistics.ts'
import type { Term } from '../dsl/terms/term.ts'
import { isScalar } from '../dsl/terms/valueType.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import { present } from '../ir/present.ts'
import { showShape } from '../ir/program.ts'
import { anyNumber, rangeOf } from '../theory/range.ts'
import { notMeasured } from './notMeasured.ts'

/** V at p_g = p_data with the best reply, D = 1/2. Goodfellow et al. 2014, theorem 1. */
export const equilibriumValue = -Math.log(4)

/** V of the best constant D, whatever the samples: both terms have one weight, so that it is D = 1/2. */
export const constantValue = -Math.log(4)

type OneNumber = Expr<'batch', []>

/** What is measured of a critic read as a probability D. */
export interface TextbookValue {
  /** V(D, G) = E[log D(x)] + E[log(1 - D(G(z)))]. */
  readonly value: OneNumber
  /** E[D(x)] and E[D(G(z))]. */
  readonly real: OneNumber
  readonly generated: OneNumber
}

/**
 * The textbook value of a game's critic, whatever the game's own loss. A critic that ends in a sigmoid is D itself; of one
 * that can give any number the sigmoid is D. Left: why the critic gives no probability, as an energy from 0 on doesn't.
 */
export const textbookValue = ({ networks }: Elaborated, roles: Roles): E.Either<NoAnswer, TextbookValue> => {
  const critic = present(networks[roles.critic], roles.critic)
  const { output } = roles.realScore
  const shape = present(critic.outputs[output ?? ''], `the output of ${roles.critic}`)
  if (!isScalar(shape))
    return E.left(notMeasured(`${roles.critic} gives ${showShape(shape)} per sample, and not one number`))
  const isProbability = endsInSigmoid(critic, output)
  const range = rangeOf(critic.graph, output)
  if (!isProbability && range !== anyNumber)
    return E.left(
      notMeasured(
        `${roles.critic} gives numbers in ${range.text} alone, which are neither probabilities nor their logits`,
      ),
    )
  const probability = (score: Term): Expr<'sample', []> => {
    const u: Expr<'sample', []> = { term: score }
    return isProbability ? u : sigmoid(u)
  }
  const [real, generated] = [probability(roles.realScore), probability(roles.generatedScore)]
  return E.right({
    value: add(mean(log(real)), mean(log(sub(1, generated)))),
    real: mean(real),
    generated: mean(generated),
  })
}

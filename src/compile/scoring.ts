import type { Term } from '../dsl/terms/term.ts'
import { present } from '../ir/present.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { Application, Roles } from './roles.ts'

/** The networks that score a sample: the critic, and those of its trunk. */
export const scoringNetworks = ({ critic, trunk }: Pick<Roles, 'critic' | 'trunk'>): readonly string[] => [
  critic,
  ...trunk,
]

/** Those of them that the critic's player trains. */
export const ownScoringNetworks = ({ players }: GameSpec, roles: Roles): readonly string[] => {
  const owned = players[roles.player]?.over ?? []
  return scoringNetworks(roles).filter((network) => owned.includes(network))
}

/** The application of a score that reads the samples: T(x) of D(T(x)). */
export const innermost = (score: Application, { trunk }: Pick<Roles, 'trunk'>): Application => {
  const [network, ...rest] = trunk
  if (network === undefined) return score
  const inner = Object.values(score.inputs).find(
    (input): input is Application => input.op === 'apply' && input.network === network,
  )
  return innermost(present(inner, `the application of ${network} in a score`), { trunk: rest })
}

/** The same score of another point; `undefined` if a network of it reads several inputs. */
export const scoreOfPoint = (
  score: Application,
  { trunk }: Pick<Roles, 'trunk'>,
  point: Term,
): Application | undefined => {
  const [name, ...more] = Object.keys(score.inputs)
  if (name === undefined || more.length > 0) return undefined
  const [network, ...rest] = trunk
  if (network === undefined) return { ...score, inputs: { [name]: point } }
  const inner = scoreOfPoint(innermost(score, { trunk: [network] }), { trunk: rest }, point)
  return inner && { ...score, inputs: { [name]: inner } }
}

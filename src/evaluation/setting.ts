import * as E from '#fp-ts/Either'
import type { Compiled } from '../compile/compile.ts'
import { compileQuery, type QueryOptions } from '../compile/query.ts'
import { type Application, type Roles, shown } from '../compile/roles.ts'
import { definitionOf } from '../dsl/layers/table.ts'
import type { Term } from '../dsl/term.ts'
import { subterms } from '../dsl/termParts.ts'
import { termsDownTo } from '../dsl/termsDownTo.ts'

/** How the discriminator of a trained game is read: as it plays, on samples as they are made. */
export interface Setting {
  /** Samples of a batch whose statistics D uses, real and generated samples apart; absent where D takes each sample alone. */
  readonly batch?: number
  /** Whether D is not the same in training as in sampling, as with dropout or batch norm. It is measured as in training. */
  readonly training: boolean
  /** Networks whose averaged weights make the generated samples. */
  readonly averaged: readonly string[]
  /** Samples that D judges together. */
  readonly pack: number
  /** Whether D sees more, or less, than the samples: they are measured through its views, as noise or augmentation. */
  readonly views: boolean
  /** Whether what D sees depends on memory of its player, as of a pool: it is measured with the memory of a first step. */
  readonly memory: boolean
}

/** D's scores of real and of generated samples, none in the place of another as where labels are flipped. */
export const ownRoles = (roles: Roles): Roles => ({
  ...roles,
  realScore: ownScore(roles.realScore),
  generatedScore: ownScore(roles.generatedScore),
})

const ownScore = (score: Application): Application => ({
  ...score,
  inputs: Object.fromEntries(Object.entries(score.inputs).map(([name, input]) => [name, shown(input)])),
})

export const settingOf = (compiled: Compiled, roles: Roles): Setting => {
  const { game, networks } = compiled
  const { nodes = [] } = networks[roles.critic] ?? {}
  const mixes = nodes.some(({ node }) => definitionOf(node.layer).mixesSamples !== false)
  const { realScore, generatedScore } = ownRoles(roles)
  const inputs = [realScore, generatedScore].flatMap((score) => Object.values(score.inputs))
  const makers = inputs.flatMap(subterms).flatMap((term) => (term.op === 'apply' ? [term.network] : []))
  return {
    ...(mixes && { batch: game.batch }),
    training: mixes || changesInTraining(compiled, roles.critic, realScore),
    averaged: Object.keys(game.averages ?? {}).filter((name) => makers.includes(name)),
    pack: packOf(realScore, roles),
    views: inputs.some((input) => termsDownTo(input, isWhole).some((part) => !isWhole(part) && part.op !== 'concat')),
    memory: seenInTraining(compiled, roles).some(({ op }) => op === 'slot'),
  }
}

/** As samples and D are asked for a summary. */
export const asking = ({ critic }: Roles): Pick<QueryOptions, 'averaged' | 'playing'> => ({
  averaged: true,
  playing: [critic],
})

const isWhole = ({ op }: Term): boolean => op === 'sample' || op === 'apply'

/** Samples of the data that stand side by side. */
const packOf = ({ inputs }: Application, { real }: Roles): number => {
  const parts = Object.values(inputs).flatMap((input) => termsDownTo(input, isWhole))
  const draws = parts.flatMap((part) =>
    part.op === 'sample' && part.source === real.source && part.field === real.field ? [part.draw ?? ''] : [],
  )
  return new Set(draws).size
}

const seenInTraining = ({ game }: Compiled, { player, critic }: Roles): readonly Term[] =>
  subterms(game.players[player]?.objective ?? { op: 'number', value: 0 })
    .filter((term) => term.op === 'apply' && term.network === critic)
    .flatMap(subterms)

const changesInTraining = (compiled: Compiled, critic: string, score: Application): boolean => {
  const [sampling, training] = [[], [critic]].map((playing) =>
    compileQuery(compiled, { score }, { batch: 1, stream: 'setting', playing }),
  )
  if (sampling === undefined || training === undefined || E.isLeft(sampling) || E.isLeft(training)) return false
  const sizeOf = ({ nodes, draws }: typeof sampling.right): string => `${nodes.length} ${Object.keys(draws).length}`
  return sizeOf(sampling.right) !== sizeOf(training.right)
}

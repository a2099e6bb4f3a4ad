import * as E from '#fp-ts/Either'
import type { Compiled } from '../compile/compile.ts'
import { compileQuery, type QueryOptions } from '../compile/query.ts'
import type { Application, Roles } from '../compile/roles.ts'
import { innermost, scoringNetworks } from '../compile/scoring.ts'
import { layerKind } from '../dsl/layers/table.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import { present } from '../ir/present.ts'
import { averagesOf } from '../spec/spec.ts'

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
  /** Whether what D sees depends on memory of its player, as of a replay buffer: it is measured with the memory of a first step. */
  readonly memory: boolean
}

/** How the critic with these roles is measured. */
export const settingOf = (compiled: Compiled, roles: Roles): Setting => {
  const { game, networks } = compiled
  const scoring = scoringNetworks(roles)
  const nodes = scoring.flatMap((name) => present(networks[name], name).nodes)
  const mixes = nodes.some(({ node }) => layerKind.definitionOf(node.layer).mixesSamples !== false)
  const { realScore, generatedScore } = roles
  const inputs = [realScore, generatedScore].flatMap((score) => Object.values(innermost(score, roles).inputs))
  const makers = inputs.flatMap(subterms).flatMap((term) => (term.op === 'apply' ? [term.network] : []))
  return {
    ...(mixes && { batch: game.batch }),
    training: mixes || changesInTraining(compiled, scoring, realScore),
    averaged: Object.keys(averagesOf(game)).filter((name) => makers.includes(name)),
    pack: roles.samples,
    views: inputs.some((input) => termsDownTo(input, isWhole).some((part) => !isWhole(part) && part.op !== 'concat')),
    memory: seenInTraining(compiled, roles).some(({ op }) => op === 'slot'),
  }
}

/** As samples and D are asked for a summary. */
export const asking = (roles: Roles): Pick<QueryOptions, 'averaged' | 'playing'> => ({
  averaged: true,
  playing: scoringNetworks(roles),
})

const isWhole = ({ op }: Term): boolean => op === 'sample' || op === 'apply'

const seenInTraining = ({ game }: Compiled, { player, critic }: Roles): readonly Term[] =>
  subterms(present(game.players[player], player).objective)
    .filter((term) => term.op === 'apply' && term.network === critic)
    .flatMap(subterms)

const changesInTraining = (compiled: Compiled, scoring: readonly string[], score: Application): boolean => {
  const [sampling, training] = [[], scoring].map((playing) =>
    compileQuery(compiled, { score }, { batch: 1, stream: 'setting', playing }),
  )
  if (sampling === undefined || training === undefined || E.isLeft(sampling) || E.isLeft(training)) return false
  const sizeOf = ({ nodes, draws }: typeof sampling.right): string => `${nodes.length} ${Object.keys(draws).length}`
  return sizeOf(sampling.right) !== sizeOf(training.right)
}

import * as E from '#fp-ts/Either'
import { type Roles, rolesOf } from '../compile/roles.ts'
import type { DataSources } from '../data/datasets.ts'
import type { Scale } from '../dsl/sources/scale.ts'
import { sourceKind } from '../dsl/sources/table.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier } from '../dsl/terms/termParts.ts'
import type { Shape } from '../ir/program.ts'
import type { GameSpec } from '../spec/spec.ts'

/** How the numbers of each source's file were scaled, if they were. */
export type Scales = { readonly [source: string]: Scale }

/** The scales of opened data. */
export const scalesOf = (dataSources: DataSources): Scales =>
  Object.fromEntries(
    Object.entries(dataSources).flatMap(([name, dataSource]) =>
      dataSource.type === 'rows' && dataSource.rows.scale !== undefined ? [[name, dataSource.rows.scale]] : [],
    ),
  )

/**
 * The scale of the data that samples stand in for: by its way back they are in the units of the file. Unknown where a game says
 * itself what its samples are, or where its critic sees samples otherwise than data.
 */
export const scaleOfSamples = (game: GameSpec, scales: Scales | undefined, shape: Shape): Scale | undefined => {
  const roles = rolesOf({ game })
  if (game.samples !== undefined || E.isLeft(roles)) return undefined
  const { real } = roles.right
  const source = game.sources[real.source]
  const scale = scales?.[real.source]
  if (source === undefined || real.field !== 'x' || scale === undefined) return undefined
  const data = sourceKind.definitionOf(source).fields(source).x
  return data?.join() === shape.join() && hasSameViews(roles.right) ? scale : undefined
}

/** Whether a critic sees generated samples as it sees data: the same views of both. */
const hasSameViews = ({ real, generated, realScore, generatedScore }: Roles): boolean => {
  const identify = identifier()
  const blank = (term: Term): Term =>
    rewrite(term, (part) => {
      if (part.op === 'noise') return { ...part, draw: '' }
      if (part.op === 'sample')
        return part.source === real.source && part.field === real.field ? stand : { ...part, draw: '' }
      return part.op === 'apply' && part.network === generated.network ? stand : part
    })
  return Object.entries(realScore.inputs).every(([name, input]) => {
    const other = generatedScore.inputs[name]
    return other !== undefined && identify(blank(input)) === identify(blank(other))
  })
}

const stand: Term = { op: 'variable', name: 'sample' }

import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { inputsOf } from '../dsl/networks/graph.ts'
import type { Piece } from '../dsl/objectives/piece.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import type { Loss } from '../dsl/objectives/symbols.ts'
import type { View } from '../dsl/objectives/view.ts'
import { identifier } from '../dsl/terms/termParts.ts'
import { type SpecError, type SpecErrors, specError } from '../errors/specError.ts'
import { changeOf, lossOf, penaltyOf, tryCall, viewOf } from './fromProvenance.ts'
import { type Charges, type Formulas, ganPlayers, unpacked } from './ganPlayers.ts'
import type { Provenance } from './provenance.ts'
import type { GameSpec } from './spec.ts'

const hint =
  'Remove the field provenance, so that the formulas alone define the game; or write the game with gan(...) again.'

/** Checks that a game's formulas are those of its provenance, by elaborating them again. Skips the check if a user wrote some part. */
export const checkProvenance = (game: GameSpec): E.Either<SpecErrors, GameSpec> =>
  game.provenance === undefined
    ? E.right(game)
    : pipe(
        checkRoles(game, game.provenance),
        E.flatMap((provenance) => checkFormulas(game, provenance)),
        E.mapLeft((error): SpecErrors => [error]),
        E.map(() => game),
      )

const checkRoles = (game: GameSpec, provenance: Provenance): E.Either<SpecError, Provenance> => {
  const { discriminator, generator, data, latent } = provenance.roles
  const missing = [
    ...[discriminator, generator].map(({ player }) => ['player', player, game.players] as const),
    ...[discriminator, generator].map(({ network }) => ['network', network, game.networks] as const),
    ...[data, latent].map(({ source }) => ['source', source, game.sources] as const),
  ].find(([, name, all]) => !Object.hasOwn(all, name))
  if (missing === undefined) return E.right(provenance)
  const [kind, name] = missing
  return E.left(
    specError(['provenance', 'roles'], { expected: `a ${kind} of the game`, found: `'${name}', which it lacks`, hint }),
  )
}

const checkFormulas = (game: GameSpec, provenance: Provenance): E.Either<SpecError, undefined> =>
  pipe(
    formulasOf(game, provenance),
    E.flatMap((formulas) => (formulas === undefined ? E.right(undefined) : compared(game, formulas))),
  )

const compared = (game: GameSpec, formulas: Formulas): E.Either<SpecError, undefined> =>
  pipe(
    tryCall(
      () => ganPlayers(formulas),
      ({ error: { message } }) => specError(['provenance'], { expected: 'parts of a gan', found: message, hint }),
    ),
    E.flatMap((players) => {
      const changed = Object.entries(players).find(([name, player]) => !isSame(player, game.players[name]))
      return changed === undefined ? E.right(undefined) : E.left(mismatch(changed[0]))
    }),
  )

const isSame = (one: PlayerSpec, other: PlayerSpec | undefined): boolean => {
  const identify = identifier()
  return other?.goal === one.goal && identify(other.objective) === identify(one.objective)
}

const mismatch = (player: string): SpecError =>
  specError(['players', player, 'objective'], {
    expected: 'the formula that the loss, penalties and views of its provenance give',
    found: 'another one',
    hint,
  })

type Named<A> = E.Either<SpecError, readonly A[] | undefined>

/** All pieces; `undefined` if a user wrote one of them. */
const all = <A>(
  pieces: readonly (Piece | 'own')[],
  path: readonly string[],
  of: (piece: Piece, path: readonly string[]) => E.Either<SpecError, A>,
): Named<A> => {
  const known = pieces.flatMap((piece) => (piece === 'own' ? [] : [piece]))
  return known.length < pieces.length
    ? E.right(undefined)
    : E.traverseArrayWithIndex((i, piece: Piece) => of(piece, [...path, `${i}`]))(known)
}

/** The discriminator's views; `undefined` if a user wrote one of them. */
export const viewsOf = ({ views }: Provenance): Named<View> => all(views, ['provenance', 'views'], viewOf)

const changedLoss = ({ loss: { loss, changes } }: Provenance): E.Either<SpecError, Loss | undefined> => {
  const path = ['provenance', 'loss']
  if (loss === 'own') return E.right(undefined)
  return pipe(
    E.Do,
    E.bind('from', () => lossOf(loss, [...path, 'loss'])),
    E.bind('by', () =>
      E.traverseArrayWithIndex((i, each: Piece) => changeOf(each, [...path, 'changes', `${i}`]))(changes),
    ),
    E.map(({ from, by }) => by.reduce<Loss>((so, change) => change(so), from)),
  )
}

/** The shapes of the discriminator's sample and of the generator's latent. */
export const shapesOf = ({ networks }: GameSpec, { roles }: Provenance): Formulas['shapes'] => {
  const shape = (network: string) => {
    const graph = networks[network]
    return (graph === undefined ? undefined : Object.values(inputsOf(graph))[0]) ?? []
  }
  return { sample: unpacked(shape(roles.discriminator.network), roles.packing), latent: shape(roles.generator.network) }
}

const formulasOf = (game: GameSpec, provenance: Provenance): E.Either<SpecError, Formulas | undefined> => {
  const charges = (player: 'discriminator' | 'generator'): E.Either<SpecError, Charges | undefined> =>
    all(provenance.penalties[player], ['provenance', 'penalties', player], penaltyOf)
  return pipe(
    E.Do,
    E.bind('loss', () => changedLoss(provenance)),
    E.bind('discriminator', () => charges('discriminator')),
    E.bind('generator', () => charges('generator')),
    E.bind('views', () => viewsOf(provenance)),
    E.map(({ loss, discriminator, generator, views }) =>
      loss && discriminator && generator && views
        ? {
            loss,
            penalties: { discriminator, generator },
            views,
            packing: provenance.roles.packing,
            shapes: shapesOf(game, provenance),
          }
        : undefined,
    ),
  )
}

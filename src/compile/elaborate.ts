import { isNonEmpty } from '#fp-ts/Array'
import * as E from '#fp-ts/Either'
import { type SpecError, type SpecErrors, specError } from '../dsl/errors.ts'
import type { ParameterSpec } from '../dsl/layers/layer.ts'
import { definitionOf } from '../dsl/layers/table.ts'
import type { Shapes } from '../dsl/shape.ts'
import { checkSource, fieldsOf } from '../dsl/sources/table.ts'
import type { GameSpec, PlayerSpec } from '../dsl/spec.ts'
import type { Term } from '../dsl/term.ts'
import { subterms } from '../dsl/termParts.ts'
import { dynamicsOf } from '../dynamics/table.ts'
import type { Shape } from '../ir/program.ts'
import { updateOf } from '../optimizers/table.ts'
import { infer, type Names, type SlotUse } from './infer.ts'
import { type CheckedNetwork, checkNetwork } from './network.ts'
import { describe } from './valueType.ts'

/** A state tensor of the game and how it starts. */
export interface StateTensor {
  readonly name: string
  readonly shape: Shape
  readonly start:
    | { readonly type: 'parameter'; readonly network: string; readonly parameter: ParameterSpec }
    | { readonly type: 'value'; readonly value: number }
}

/** A game all of whose shapes and names are known. */
export interface Elaborated {
  readonly game: GameSpec
  readonly networks: { readonly [name: string]: CheckedNetwork }
  readonly fields: { readonly [source: string]: Shapes }
  readonly state: readonly StateTensor[]
  readonly warnings: readonly string[]
}

/** The names of the parameters that a player owns. */
export const ownedParameters = ({ networks }: Pick<Elaborated, 'networks'>, { over }: PlayerSpec) =>
  over.flatMap((name) => parametersOf(networks[name]))

export interface NamedParameter {
  readonly name: string
  readonly network: string
  readonly spec: ParameterSpec
}

export const parametersOf = (network: CheckedNetwork | undefined): readonly NamedParameter[] =>
  (network?.nodes ?? []).flatMap(({ prefix, parameters }) =>
    Object.entries(parameters).map(([name, spec]) => ({
      name: `${prefix}/${name}`,
      network: network?.name ?? '',
      spec,
    })),
  )

/** The name in the game of a player's memory: of its objective, or of its optimizer for one parameter. */
export const objectiveSlot = (player: string, slot: string): string => `${player}/${slot}`
export const optimizerSlot = (player: string, slot: string, parameter: string): string =>
  `${player}/${slot}/${parameter}`

/** Checks a game whole: every error is found, not only the first. */
export const elaborate = (game: GameSpec): E.Either<SpecErrors, Elaborated> => {
  const networks = Object.entries(game.networks).map(
    ([name, graph]) => [name, checkNetwork(name, graph, ['networks', name])] as const,
  )
  const checked = Object.fromEntries(
    networks.flatMap(([name, result]) => (E.isRight(result) ? [[name, result.right]] : [])),
  )
  const sources = sourceErrors(game)
  const fields =
    sources.length > 0
      ? {}
      : Object.fromEntries(Object.entries(game.sources).map(([name, source]) => [name, fieldsOf(source)]))
  const early = [...networks.flatMap(([, result]) => (E.isLeft(result) ? result.left : [])), ...sources]
  const players =
    early.length > 0
      ? []
      : Object.entries(game.players).map(([name, player]) => checkPlayer(game, name, player, checked, fields))
  const errors = [...early, ...sizeErrors(game), ...dynamicsErrors(game), ...players.flatMap((player) => player.errors)]
  if (isNonEmpty(errors)) return E.left(errors)
  const state = [...Object.values(checked).flatMap(networkState), ...players.flatMap((player) => player.state)]
  return E.right({ game, networks: checked, fields, state, warnings: players.flatMap((player) => player.warnings) })
}

const networkState = (network: CheckedNetwork): readonly StateTensor[] => [
  ...parametersOf(network).map(
    ({ name, spec }): StateTensor => ({
      name,
      shape: spec.shape,
      start: { type: 'parameter', network: network.name, parameter: spec },
    }),
  ),
  ...network.nodes.flatMap(({ prefix, slots }) =>
    Object.entries(slots).map(
      ([name, { shape, initial }]): StateTensor => ({
        name: `${prefix}/${name}`,
        shape,
        start: { type: 'value', value: initial },
      }),
    ),
  ),
]

const sourceErrors = (game: GameSpec): readonly SpecError[] =>
  Object.entries(game.sources).flatMap(([name, source]) => checkSource(['sources', name], source))

const sizeErrors = (game: GameSpec): readonly SpecError[] =>
  (['batch', 'steps', 'seed'] as const).flatMap((field) => {
    const least = field === 'batch' ? 1 : 0
    const value = game[field]
    return Number.isSafeInteger(value) && value >= least
      ? []
      : [
          specError([field], {
            expected: `a whole number of at least ${least}`,
            found: `${value}`,
            hint: `set ${field}`,
          }),
        ]
  })

const dynamicsErrors = (game: GameSpec): readonly SpecError[] => {
  const players = Object.keys(game.players)
  const named = game.dynamics.type === 'alternating' ? Object.keys(game.dynamics.counts) : []
  const absent = named
    .filter((name) => !players.includes(name))
    .map((name) =>
      specError(['dynamics', 'counts', name], {
        expected: `a player of this game: ${players.join(', ')}`,
        found: `'${name}'`,
        hint: 'count the updates of players that there are',
      }),
    )
  const idle = players
    .filter((name) => dynamicsOf(game.dynamics).updates(game.dynamics, name) < 1)
    .map((name) =>
      specError(['dynamics', 'counts', name], {
        expected: `at least one update of ${name} in a step`,
        found: 'none',
        hint: 'give its count; a network that is not to be trained is owned by no player',
      }),
    )
  const optimizers = [
    ...players
      .filter((name) => !Object.hasOwn(game.optimizers, name))
      .map((name) =>
        specError(['optimizers', name], {
          expected: 'an optimizer',
          found: 'none',
          hint: `add one for player ${name}`,
        }),
      ),
    ...Object.keys(game.optimizers)
      .filter((name) => !players.includes(name))
      .map((name) =>
        specError(['optimizers', name], {
          expected: `a player of this game: ${players.join(', ')}`,
          found: `'${name}'`,
          hint: 'drop this optimizer, or name a player',
        }),
      ),
  ]
  const nobody =
    players.length > 0
      ? []
      : [specError(['players'], { expected: 'at least one player', found: 'none', hint: 'add a player' })]
  return [...nobody, ...absent, ...idle, ...optimizers]
}

interface CheckedPlayer {
  readonly errors: readonly SpecError[]
  readonly state: readonly StateTensor[]
  readonly warnings: readonly string[]
}

const checkPlayer = (
  game: GameSpec,
  name: string,
  player: PlayerSpec,
  networks: { readonly [name: string]: CheckedNetwork },
  fields: { readonly [source: string]: Shapes },
): CheckedPlayer => {
  const path = ['players', name]
  const names: Names = { networks, sources: fields, variables: {}, slotShape: [], given: false }
  const { type, errors, slots } = infer(player.objective, names, [...path, 'objective'])
  const wrong =
    type !== undefined && (type.level !== 'batch' || type.shape.length > 0)
      ? [
          specError([...path, 'objective'], {
            expected: 'one number for the batch',
            found: describe(type),
            hint: 'average it over the batch with E(...)',
          }),
        ]
      : []
  const optimizer = checkOptimizer(game, name, player, networks)
  return {
    errors: [...errors, ...wrong, ...ownershipErrors(player, networks, path), ...optimizer.errors],
    state: [...slots.map((slot) => slotTensor(objectiveSlot(name, slot.name), slot)), ...optimizer.state],
    warnings: mixingWarnings(name, player.objective, networks),
  }
}

const slotTensor = (name: string, { shape, initial }: SlotUse): StateTensor => ({
  name,
  shape,
  start: { type: 'value', value: initial },
})

const ownershipErrors = (
  { over, objective }: PlayerSpec,
  networks: { readonly [name: string]: CheckedNetwork },
  path: readonly string[],
): readonly SpecError[] => {
  const used = new Set(subterms(objective).flatMap((term) => (term.op === 'apply' ? [term.network] : [])))
  const none =
    over.length > 0
      ? []
      : [
          specError([...path, 'over'], {
            expected: 'at least one network',
            found: 'none',
            hint: 'name the networks that this player trains',
          }),
        ]
  const each = over.flatMap((name, i) => {
    const at = [...path, 'over', `${i}`]
    if (!Object.hasOwn(networks, name))
      return [
        specError(at, {
          expected: `a network of this game: ${Object.keys(networks).join(', ')}`,
          found: `'${name}'`,
          hint: 'name networks that the game has',
        }),
      ]
    if (used.has(name)) return []
    return [
      specError(at, {
        expected: 'a network that the objective depends on',
        found: `'${name}', which it does not mention`,
        hint: 'the player could not train it: drop it here, or write it into the objective',
      }),
    ]
  })
  return [...none, ...each]
}

const checkOptimizer = (
  game: GameSpec,
  name: string,
  player: PlayerSpec,
  networks: { readonly [name: string]: CheckedNetwork },
): CheckedPlayer => {
  const optimizer = game.optimizers[name]
  if (optimizer === undefined) return { errors: [], state: [], warnings: [] } // said of the optimizers
  const results = ownedParameters({ networks }, player).map((parameter) => {
    const { shape } = parameter.spec
    const own = { level: 'batch', shape } as const
    const variables = { parameter: own, gradient: own, updates: { level: 'batch', shape: [] } } as const
    const path = ['optimizers', name]
    const inferred = infer(
      updateOf(optimizer),
      { networks: {}, sources: {}, variables, slotShape: shape, given: false },
      path,
    )
    const { type } = inferred
    const fits = type === undefined || (type.level === 'batch' && type.shape.length <= shape.length)
    const errors = fits
      ? inferred.errors
      : [
          specError(path, {
            expected: `a new value of shape [${shape}]`,
            found: describe(type),
            hint: 'an update is elementwise',
          }),
        ]
    const state = inferred.slots.map((slot) => slotTensor(optimizerSlot(name, slot.name, parameter.name), slot))
    return { errors, state, warnings: [] }
  })
  return {
    errors: results.find(({ errors }) => errors.length > 0)?.errors ?? [],
    state: results.flatMap(({ state }) => state),
    warnings: [],
  }
}

/** A gradient per sample is one only where no layer mixes samples. */
const mixingWarnings = (
  player: string,
  objective: Term,
  networks: { readonly [name: string]: CheckedNetwork },
): readonly string[] => {
  const within = subterms(objective).flatMap((term) => (term.op === 'grad' ? subterms(term.of) : []))
  const names = new Set(within.flatMap((term) => (term.op === 'apply' ? [term.network] : [])))
  return [...names].flatMap((name) => {
    const mixing = networks[name]?.nodes.filter(({ node }) => definitionOf(node.layer).mixesSamples) ?? []
    return mixing.map(
      ({ prefix }) =>
        `${player}: grad is taken through ${prefix}, which mixes the samples of a batch: each gradient then holds parts of the other samples'`,
    )
  })
}

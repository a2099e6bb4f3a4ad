import { isNonEmpty } from '#fp-ts/Array'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { LayerSlot, ParameterSpec } from '../dsl/layers/layer.ts'
import {
  memoryOf,
  objectiveMemory,
  type StateName,
  showStateName,
  type TensorName,
  tensorIn,
} from '../dsl/names/stateName.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import { checkSource, fieldsOf } from '../dsl/sources/table.ts'
import type { Shapes } from '../dsl/types/shape.ts'
import type { DynamicsMemory } from '../dynamics/definition.ts'
import { rulesOf } from '../dynamics/dynamics.ts'
import { type InvalidSpec, invalidSpec } from '../errors/invalidSpec.ts'
import type { SpecError } from '../errors/specError.ts'
import type { SpecWarning } from '../errors/warnings.ts'
import { type Shape, showShape } from '../ir/program.ts'
import type { Average } from '../spec/average.ts'
import { checkDepth } from '../spec/depth.ts'
import { averagesOf, type GameSpec } from '../spec/spec.ts'
import { type CheckedUpdate, checkRate, checkUpdate, constantErrors } from './checkOptimizer.ts'
import { checkPlay } from './checkPlay.ts'
import { type CheckedPlayer, checkPlayer } from './checkPlayer.ts'
import { checkRanges } from './checkRanges.ts'
import { checkReconstruction } from './checkReconstruction.ts'
import { checkSamples } from './checkSamples.ts'
import { degenerateLayers } from './degenerateLayers.ts'
import { degenerateTerms } from './degenerateTerms.ts'
import { noiseErrors } from './infer.ts'
import { mixingWarnings } from './mixing.ts'
import { type CheckedNetwork, checkNetwork } from './network.ts'
import { reachWarnings, saidBounds } from './reach.ts'

/** A state tensor of the game and how it starts. */
export interface StateTensor<I extends StateName = StateName> {
  readonly id: I
  /** The same as text, by which programs know it. */
  readonly name: string
  readonly shape: Shape
  readonly start:
    | { readonly type: 'parameter'; readonly network: string; readonly parameter: ParameterSpec }
    | { readonly type: 'value'; readonly value: number }
    /** As another tensor of the state starts. */
    | { readonly type: 'copy'; readonly of: string }
    /** Standard normal numbers. */
    | { readonly type: 'normal' }
}

/** A game all of whose shapes and names are known. */
export interface Elaborated {
  readonly game: GameSpec
  readonly networks: { readonly [name: string]: CheckedNetwork }
  readonly fields: { readonly [source: string]: Shapes }
  readonly state: readonly StateTensor[]
  readonly warnings: readonly SpecWarning[]
}

export interface NamedParameter {
  readonly id: TensorName
  /** The same as text, by which programs know it. */
  readonly name: string
  /** The layer's place among the network's nodes. */
  readonly index: number
  readonly spec: ParameterSpec
}

export const parametersOf = (network: CheckedNetwork | undefined): readonly NamedParameter[] =>
  network === undefined
    ? []
    : network.nodes.flatMap(({ place, parameters }, index) =>
        Object.entries(parameters).map(([tensor, spec]) => {
          const id = tensorIn(place, tensor)
          return { id, name: showStateName(id), index, spec }
        }),
      )

type Checked<A> = { readonly [name: string]: A | undefined }

/** The parameters that a player owns. */
export const ownedParameters = (
  { networks }: { readonly networks: Checked<CheckedNetwork> },
  { over }: Pick<PlayerSpec, 'over'>,
): readonly NamedParameter[] => [...new Set(over)].flatMap((name) => parametersOf(networks[name]))

/** The networks that some player trains. All others are frozen. */
export const trainedNetworks = ({ players }: GameSpec): ReadonlySet<string> =>
  new Set(Object.values(players).flatMap(({ over }) => over))

/** Checks a game whole: every error is found, not only the first; what is wrong in itself is not said again where it is used. */
export const elaborate = (game: GameSpec): E.Either<InvalidSpec, Elaborated> =>
  pipe(checkDepth(game), E.mapLeft(invalidSpec), E.flatMap(elaborateParts))

const elaborateParts = (game: GameSpec): E.Either<InvalidSpec, Elaborated> => {
  const nets = mapValues(game.networks, (graph, name) => checkNetwork(name, graph, ['networks', name]))
  const sources = mapValues(game.sources, (source, name) => {
    const errors = checkSource(['sources', name], source)
    return errors.length > 0 ? E.left(errors) : E.right(fieldsOf(source))
  })
  const names = { networks: mapValues(nets, rightOf), sources: mapValues(sources, rightOf) }
  const players = mapValues(game.players, (player, name) => checkPlayer(player, names, ['players', name]))
  const optimizers = Object.entries(game.players).map(([name, player]) =>
    checkMoves(game, name, player, names.networks),
  )
  const errors: SpecError[] = [
    ...Object.values(nets).flatMap(leftOf),
    ...Object.values(sources).flatMap(leftOf),
    ...Object.values(players).flatMap((player) => player.errors),
    ...sharedNoiseErrors(Object.values(players)),
    ...checkPlay(game),
    ...optimizers.flatMap((optimizer) => optimizer.errors),
    ...checkSamples(game, names),
    ...checkReconstruction(game, names.networks),
  ]
  if (isNonEmpty(errors)) return E.left(invalidSpec(errors))
  const changing = checkRanges(game)
  if (isNonEmpty(changing.errors)) return E.left(invalidSpec(changing.errors))
  const networks = compact(names.networks)
  const trained = trainedNetworks(game)
  const degenerate = degeneracies(game, networks, players, trained)
  if (isNonEmpty(degenerate.errors)) return E.left(invalidSpec(degenerate.errors))
  return E.right({
    game,
    networks,
    fields: compact(names.sources),
    state: [
      ...Object.values(networks).flatMap(networkState),
      ...Object.entries(players).flatMap(([name, { slots }]) =>
        slots.map((slot) => slotTensor(objectiveMemory(name, slot.name), slot)),
      ),
      ...optimizers.flatMap(({ state }) => state),
      ...dynamicsState(game, networks),
      ...Object.entries(averagesOf(game)).flatMap(([name, average]) => averageState(networks[name], average)),
    ],
    warnings: [
      ...degenerate.warnings,
      ...reachWarnings(game, networks, saidBounds(game)),
      ...Object.entries(game.players).flatMap(([name, { objective }]) =>
        mixingWarnings(name, objective, networks, trained),
      ),
      ...changing.warnings,
    ],
  })
}

/** What is constant by construction, in networks and in objectives. */
const degeneracies = (
  { players: specs, batch }: GameSpec,
  networks: Elaborated['networks'],
  players: { readonly [name: string]: CheckedPlayer },
  trained: ReadonlySet<string>,
): { readonly errors: SpecError[]; readonly warnings: readonly SpecWarning[] } => {
  const found = [
    ...Object.values(networks).map((network) => degenerateLayers(network, batch, trained.has(network.name))),
    ...Object.entries(players).map(([name, { types }]) =>
      degenerateTerms(specs[name]?.objective, types, batch, ['players', name, 'objective']),
    ),
  ]
  return { errors: found.flatMap(({ errors }) => errors), warnings: found.flatMap(({ warnings }) => warnings) }
}

const mapValues = <A, B>(
  record: { readonly [name: string]: A },
  f: (value: A, name: string) => B,
): { readonly [name: string]: B } =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value, name)]))

const rightOf = <A>(result: E.Either<unknown, A>): A | undefined => (E.isRight(result) ? result.right : undefined)
const leftOf = (result: E.Either<readonly SpecError[], unknown>): readonly SpecError[] =>
  E.isLeft(result) ? result.left : []

const compact = <A>(record: Checked<A>): { readonly [name: string]: A } =>
  Object.fromEntries(Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

const stateTensor = <I extends StateName>(id: I, shape: Shape, start: StateTensor['start']): StateTensor<I> => ({
  id,
  name: showStateName(id),
  shape,
  start,
})

const slotTensor = <I extends StateName>(id: I, { shape, initial }: LayerSlot): StateTensor<I> =>
  stateTensor(id, shape, initial === 'normal' ? { type: 'normal' } : { type: 'value', value: initial })

const networkState = (network: CheckedNetwork): readonly StateTensor<TensorName>[] => [
  ...parametersOf(network).map(({ id, spec }) =>
    stateTensor(id, spec.shape, { type: 'parameter', network: network.name, parameter: spec }),
  ),
  ...network.nodes.flatMap(({ place, slots }) =>
    Object.entries(slots).map(([name, slot]) => slotTensor(tensorIn(place, name), slot)),
  ),
]

/** A network's parameters and running statistics. */
export const tensorsOf = ({ state }: Pick<Elaborated, 'state'>, network: string): readonly StateTensor<TensorName>[] =>
  state.flatMap(({ id, ...tensor }) => (id.role === 'layer' && id.network === network ? [{ ...tensor, id }] : []))

/** What the dynamics remember of parameters. */
const dynamicsState = (game: GameSpec, networks: Elaborated['networks']): readonly StateTensor[] => {
  const owned = mapValues(game.players, (player) => ownedParameters({ networks }, player))
  const parameters = new Map(Object.values(owned).flatMap((all) => all.map((each) => [each.name, each] as const)))
  const names = mapValues(owned, (all) => all.map(({ name }) => name))
  return rulesOf(game.dynamics)
    .memory(names)
    .map(({ memory, start }) => {
      const parameter = parameters.get(memory.parameter)
      if (parameter === undefined) throw new Error(`broken invariant: no parameter ${memory.parameter}`)
      return stateTensor(
        remembered(memory, parameter.id),
        parameter.spec.shape,
        start === 'zeros' ? { type: 'value', value: 0 } : { type: 'copy', of: parameter.name },
      )
    })
}

/** The name of what dynamics remember of a parameter. */
export const remembered = (memory: DynamicsMemory, of: TensorName): StateName =>
  memory.type === 'slow' ? { role: 'slow', of } : memoryOf(memory.player, 'past', of)

const averageState = (network: CheckedNetwork | undefined, { type }: Average): readonly StateTensor[] => [
  ...(network === undefined ? [] : networkState(network)).map(({ id, name, shape }) =>
    stateTensor({ role: 'average', of: id }, shape, { type: 'copy', of: name }),
  ),
  ...(type === 'uniform' ? parametersOf(network) : []).map(({ id, spec }) =>
    stateTensor({ role: 'rest', of: id }, spec.shape, { type: 'value', value: 0 }),
  ),
]

/** A player's optimizer, for each parameter that it moves. What is wrong for several of them is said once. */
const checkMoves = (game: GameSpec, name: string, player: PlayerSpec, networks: Checked<CheckedNetwork>) => {
  const optimizer = Object.hasOwn(game.optimizers, name) ? game.optimizers[name] : undefined
  if (optimizer === undefined) return { errors: [], state: [] } // said of the list of optimizers
  const path = ['optimizers', name]
  const wrong = constantErrors(optimizer, path)
  const errors = wrong.length > 0 ? wrong : checkRate(optimizer, path)
  if (errors.length > 0) return { errors, state: [] }
  // An update is typed by the shape of what it moves alone.
  const byShape = new Map<string, CheckedUpdate>()
  const checked = (shape: Shape): CheckedUpdate => {
    const key = showShape(shape)
    const known = byShape.get(key) ?? checkUpdate(optimizer, shape, path)
    byShape.set(key, known)
    return known
  }
  const moves = ownedParameters({ networks }, player).map(({ id, spec }) => ({
    parameter: id,
    ...checked(spec.shape),
  }))
  return {
    errors: moves.find(({ errors }) => errors.length > 0)?.errors ?? [],
    state: moves.flatMap(({ parameter, slots }) =>
      slots.map((slot) => slotTensor(memoryOf(name, slot.name, parameter), slot)),
    ),
  }
}

/** Draws that several players share must be alike. Within each player that is known already. */
const sharedNoiseErrors = (players: readonly CheckedPlayer[]): readonly SpecError[] => {
  const own = new Set(players.flatMap(({ noises }) => noiseErrors(noises).map(({ path }) => path.join('.'))))
  const shared = players.flatMap(({ noises }) => noises.filter(({ noise }) => noise.shared === true))
  return noiseErrors(shared).filter(({ path }) => !own.has(path.join('.')))
}

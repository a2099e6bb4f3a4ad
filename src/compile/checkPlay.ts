import { isName } from '../codecs/dictionary.ts'
import { errorsAt } from '../codecs/specErrors.ts'
import { dynamicsKind, rulesOf } from '../dynamics/dynamics.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import { averageCodec } from '../spec/average.ts'
import type { GameSpec } from '../spec/spec.ts'

/** What is wrong with a game's names, sizes, dynamics and list of optimizers. */
export const checkPlay = (game: GameSpec): readonly SpecError[] => [
  ...nameErrors(game),
  ...sizeErrors(game),
  ...playerErrors(game),
  ...dynamicsErrors(game),
  ...averageErrors(game),
  ...optimizerErrors(game),
]

const nameErrors = (game: GameSpec): readonly SpecError[] =>
  (['networks', 'sources', 'players'] as const).flatMap((field) =>
    Object.keys(game[field])
      .filter((name) => !isName(name))
      .map((name) =>
        specError([field, name], {
          expected: 'a key that is a name',
          found: `'${name}'`,
          hint: 'start with a letter; go on with letters, digits, and _ - or a dot',
        }),
      ),
  )

const sizeHints = {
  batch: 'the number of samples of a draw',
  steps: 'how often the players take their turns',
  seed: 'the same seed gives the same run',
} as const

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
            hint: sizeHints[field],
          }),
        ]
  })

const playerErrors = ({ players }: GameSpec): readonly SpecError[] =>
  Object.keys(players).length > 0
    ? []
    : [specError(['players'], { expected: 'at least one player', found: 'none', hint: 'add a player' })]

const dynamicsErrors = (game: GameSpec): readonly SpecError[] => [...kindErrors(game), ...lengthErrors(game)]

/** What a kind of dynamics finds wrong; else what is wrong with its numbers. */
const kindErrors = (game: GameSpec): readonly SpecError[] => {
  const { dynamics } = game
  const errors = rulesOf(dynamics).check(game.players, ['dynamics'])
  return errors.length > 0 ? errors : errorsAt(dynamicsKind.codec, ['dynamics'], dynamics)
}

/** Every update of a step is compiled. */
const mostUpdates = 1000

const lengthErrors = ({ players, dynamics }: GameSpec): readonly SpecError[] => {
  const updates = Object.keys(players).reduce((sum, name) => sum + rulesOf(dynamics).updates(name), 0)
  return updates > mostUpdates
    ? [
        specError(['dynamics', 'counts'], {
          expected: `at most ${mostUpdates} updates in one step`,
          found: `${updates}`,
          hint: 'make the counts smaller',
        }),
      ]
    : []
}

const optimizerErrors = ({ players, optimizers }: GameSpec): readonly SpecError[] => [
  ...Object.keys(players)
    .filter((name) => !Object.hasOwn(optimizers, name))
    .map((name) =>
      specError(['optimizers', name], {
        expected: 'an optimizer',
        found: 'none',
        hint: `add one for player ${name}`,
      }),
    ),
  ...Object.keys(optimizers)
    .filter((name) => !Object.hasOwn(players, name))
    .map((name) =>
      specError(['optimizers', name], {
        expected: `a player of this game: ${Object.keys(players).join(', ')}`,
        found: `'${name}'`,
        hint: 'drop this optimizer, or name a player',
      }),
    ),
]

const averageErrors = ({ players, networks, averages = {} }: GameSpec): readonly SpecError[] => {
  const trained = new Set(Object.values(players).flatMap(({ over }) => over))
  const constants = Object.entries(averages).flatMap(([name, average]) =>
    errorsAt(averageCodec, ['averages', name], average),
  )
  const frozen = Object.keys(averages)
    .filter((name) => !(trained.has(name) && Object.hasOwn(networks, name)))
    .map((name) =>
      specError(['averages', name], {
        expected: `a network that a player trains: ${[...trained].join(', ')}`,
        found: `'${name}'`,
        hint: 'average the weights of networks that move',
      }),
    )
  return [...constants, ...frozen]
}

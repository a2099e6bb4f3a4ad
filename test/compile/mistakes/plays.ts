import { maximise, minimise } from '../../../src/dsl/objectives/player.ts'
import { E } from '../../../src/dsl/terms/statistics.ts'
import { competitive } from '../../../src/dynamics/competitive.ts'
import { lookahead } from '../../../src/dynamics/lookahead.ts'
import { simultaneous } from '../../../src/dynamics/simultaneous.ts'
import { unrolled } from '../../../src/dynamics/unrolled.ts'
import { sgd } from '../../../src/optimizers/sgd.ts'
import type { GameSpec } from '../../../src/spec/spec.ts'
import { type Case, counts, D, fake, good, owns, term, value } from './game.ts'

const competing = (players: GameSpec['players']): GameSpec => ({
  ...good,
  players: { ...good.players, ...players },
  dynamics: competitive({ rate: 0.1 }),
})
export const playCases: readonly Case[] = [
  ['a batch of 0', { ...good, batch: 0 }, 'batch', /at least 1, found 0/],
  ['half a step', { ...good, steps: 0.5 }, 'steps', /found 0.5/],
  ['a seed that is no number', { ...good, seed: Number.NaN }, 'seed', /found NaN/],
  [
    'nobody',
    { ...good, players: {}, optimizers: {}, dynamics: { type: 'simultaneous' } },
    'players',
    /at least one player/,
  ],
  [
    'dynamics of somebody else',
    counts({ discriminator: 1, generator: 1, critic: 2 }),
    'dynamics.counts.critic',
    /a player of this game: discriminator, generator/,
  ],
  ['samples that are a mean', { ...good, samples: term.value }, 'samples', /a value per sample, found a constant/],
  [
    'samples of a network that is none',
    { ...good, samples: { op: 'apply', network: 'H', inputs: { x: term.x } } },
    'samples',
    /a network of this game, found 'H'/,
  ],
  [
    'samples that remember',
    { ...good, samples: { op: 'mul', left: term.x, right: term.slot('memory', 1, term.number(1)) } },
    'samples',
    /without memory, found slot 'memory'/,
  ],
  ['somebody who never moves', counts({ discriminator: 1 }), 'dynamics.counts.generator', /found none/],
  [
    'a count that is no number',
    counts({ discriminator: 1, generator: Number.NaN }),
    'dynamics.counts.generator',
    /1 or more, found NaN/,
  ],
  ['half an update', counts({ discriminator: 1.5, generator: 1 }), 'dynamics.counts.discriminator', /found 1.5/],
  [
    'no optimizer',
    { ...good, optimizers: { discriminator: sgd({ lr: 1 }) } },
    'optimizers.generator',
    /an optimizer, found none/,
  ],
  [
    'an optimizer of somebody else',
    { ...good, optimizers: { ...good.optimizers, critic: sgd({ lr: 1 }) } },
    'optimizers.critic',
    /a player of this game/,
  ],
  [
    'competition in what is not zero-sum',
    competing({ generator: minimise(E(D(fake)), 'G') }),
    'dynamics',
    /one objective.*found an objective of discriminator and another one of generator\n/,
  ],
  ['competition of two who want the same', competing({ generator: maximise(value, 'G') }), 'dynamics', /both maximise/],
  ['competition over one network', competing({ generator: minimise(value, 'D', 'G') }), 'dynamics', /network D, which/],
  [
    'looking ahead by nothing',
    { ...good, dynamics: { type: 'lookahead', of: { type: 'simultaneous' }, period: 0, mix: 0.5 } },
    'dynamics.period',
    /1 or more, found 0/,
  ],
  [
    'looking ahead of looking ahead',
    { ...good, dynamics: lookahead({ period: 2 }, lookahead({ period: 2 }, simultaneous)) },
    'dynamics.of',
    /other than lookahead/,
  ],
  [
    'unrolling somebody else',
    { ...good, dynamics: unrolled({ player: 'generator', against: 'critic', steps: 2 }) },
    'dynamics.against',
    /a player of this game: discriminator, generator, found 'critic'/,
  ],
  [
    'unrolling oneself',
    { ...good, dynamics: unrolled({ player: 'generator', against: 'generator', steps: 2 }) },
    'dynamics.against',
    /another player/,
  ],
  ['owning nothing', owns(), 'players.generator.over', /at least one network/],
  ['owning what is not there', owns('G', 'F'), 'players.generator.over.1', /a network of this game: D, G, found 'F'/],
  ['owning something twice', owns('G', 'G'), 'players.generator.over.1', /each network once/],
]

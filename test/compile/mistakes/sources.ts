import { ring } from '../../../src/dsl/sources/ring.ts'
import { type Case, good } from './game.ts'

export const sourceCases: readonly Case[] = [
  [
    'weights of a mixture',
    { ...good, sources: { ...good.sources, data: ring({ modes: -1, radius: 2, std: 0.02 }) } },
    'sources.data.modes',
    /./,
  ],
]

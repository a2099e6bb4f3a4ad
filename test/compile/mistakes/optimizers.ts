import { accumulate } from '../../../src/optimizers/accumulate.ts'
import { clipWeights } from '../../../src/optimizers/clipWeights.ts'
import { optimistic } from '../../../src/optimizers/optimistic.ts'
import { sgd } from '../../../src/optimizers/sgd.ts'
import { type Case, optimizer, term } from './game.ts'

export const optimizerCases: readonly Case[] = [
  [
    'a rate of the gradient',
    optimizer({ type: 'sgd', lr: { op: 'variable', name: 'gradient' } }),
    'optimizers.generator.lr',
    /bound here: updates/,
  ],
  [
    'a rate that is a vector',
    optimizer({ type: 'sgd', lr: { op: 'tensor', shape: [2], values: [1, 2] } }),
    'optimizers.generator.lr',
    /one number, found a constant, \[2\]/,
  ],
  [
    'random numbers',
    optimizer({ type: 'custom', update: term.E(term.noise('n', [])) }),
    'optimizers.generator.update.of',
    /found random numbers/,
  ],
  [
    'a network',
    optimizer({ type: 'custom', update: term.E(term.D(term.x)) }),
    'optimizers.generator.update.of.inputs.x',
    /found samples/,
  ],
  [
    'a value of another shape',
    optimizer({
      type: 'custom',
      update: { op: 'transpose', of: { op: 'variable', name: 'parameter' }, permutation: [1, 0] },
    }),
    'optimizers.generator.update',
    /a new value of shape \[4, 2\], found a constant, \[2, 4\]/,
  ],
  [
    'a rate of the gradient within another optimizer',
    optimizer(accumulate({ every: 2 }, sgd({ lr: { term: { op: 'variable', name: 'gradient' } } }))),
    'optimizers.generator.of.lr',
    /bound here: updates/,
  ],
  [
    'a value of another shape within another optimizer',
    optimizer(optimistic({ type: 'custom', update: { op: 'tensor', shape: [2], values: [1, 2] } })),
    'optimizers.generator.of.update',
    /a new value of shape \[4, 2\], found a constant, \[2\]/,
  ],
  [
    'a sum across parameters of more than one number each',
    optimizer({ type: 'custom', update: { op: 'acrossParameters', of: { op: 'variable', name: 'gradient' } } }),
    'optimizers.generator.update',
    /one number for each parameter, found a constant, \[4, 2\]/,
  ],
  [
    'optimism about what moves at times',
    optimizer(optimistic(clipWeights({ most: 1 }, accumulate({ every: 2 }, sgd({ lr: 1 }))))),
    'optimizers.generator.of',
    /found accumulate, which moves at some\n.*put accumulate around optimistic/,
  ],
]

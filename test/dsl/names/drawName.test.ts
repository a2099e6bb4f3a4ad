import { expect, test } from 'vitest'
import { type DrawName, showDraw, showOwnDraw, showStream } from '../../../src/dsl/names/drawName.ts'

const by = { type: 'player', player: 'critic', update: '0' } as const

test.each<[DrawName, string, string, string]>([
  [{ by, of: { type: 'noise', draw: 'z' } }, 'critic/0/noise/z', '0/noise/z', 'critic/0/noise/z'],
  [
    { by, of: { type: 'sample', source: 'data', draw: undefined, field: 'x' } },
    'critic/0/data.x',
    '0/data.x',
    'critic/0/data',
  ],
  [
    { by: { type: 'shared' }, of: { type: 'sample', source: 'data', draw: 'again', field: 'label' } },
    'shared/data:again.label',
    'shared/data:again.label',
    'shared/data:again',
  ],
  [
    {
      by: { type: 'question', stream: 'samples' },
      of: {
        type: 'layer',
        place: { network: 'G', layer: { type: 'numbered', index: 2, kind: 'dropout' } },
        application: '0',
        pairs: true,
      },
    },
    'samples/G/2.dropout:0:pair',
    'samples/G/2.dropout:0:pair',
    'samples/G/2.dropout:0:pair',
  ],
])('%j', (name, whole, own, stream) => {
  expect([showDraw(name), showOwnDraw(name), showStream(name)]).toEqual([whole, own, stream])
})

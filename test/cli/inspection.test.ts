import { expect, it } from 'vitest'
import { inspect } from '../../src/cli/inspection.ts'
import { network } from '../../src/dsl/handle.ts'
import { init } from '../../src/dsl/initializers.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { minimise } from '../../src/dsl/player.ts'
import { linear } from '../../src/dsl/schedules.ts'
import { clipNorm } from '../../src/optimizers/clipNorm.ts'
import { optimistic } from '../../src/optimizers/optimistic.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { compiled, gameOf } from '../compile/playing.ts'

it('shows an optimizer with its settings, and with all that is around it', () => {
  const theta = network('theta', parameter([], init.zeros))
  const by = clipNorm({ most: 2 }, optimistic(sgd({ lr: linear({ from: 0.1, over: 50 }) })))
  const { players } = inspect(
    compiled(
      gameOf({
        networks: { theta: theta.net },
        players: { p: minimise(theta(), 'theta') },
        optimizers: { p: by },
      }),
    ),
  )
  expect(players.map(({ optimizer }) => optimizer.text)).toEqual([
    'clipNorm, most 2, of optimistic, of sgd, lr 0.1 − 0.1 · min(1, step / 50)',
  ])
})

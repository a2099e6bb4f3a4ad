import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { adviceFor } from '../../src/cli/foreignOptions.ts'
import { inFolder } from '../data/files.ts'
import { saddle } from './saddle.ts'

const both = (field: string) => `--set optimizers.generator.${field} --set optimizers.discriminator.${field}`

// The program is called by its name, however these tests are started.
beforeEach(() => {
  vi.stubEnv('npm_lifecycle_event', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

test.each([
  ['train a.ts --lr 2e-4', `train a.ts ${both('lr=2e-4')}`],
  ['train a.ts --learning_rate=2e-4', `train a.ts ${both('lr=2e-4')}`],
  ['train a.ts --lrD 2e-4 --b1 0.5', `train a.ts --set optimizers.discriminator.lr=2e-4 ${both('beta1=0.5')}`],
  ['train a.ts --batch-size 64 --steps 5', 'train a.ts --set batch=64 --steps 5'],
  ['train a.ts --batch 64 --epochs 5', 'train a.ts --set batch=64 --steps N'],
  ['train a.ts --device cuda:0', 'train a.ts --backend auto'],
  ['train a.ts --device cpu', 'train a.ts --backend onnx'],
  ['train --gpu a.ts', 'train --backend auto a.ts'],
  ['train a.ts --gpu 0', 'train a.ts --backend auto'],
  ['train a.ts -o x --max_iter 10', 'train a.ts --out x --steps 10'],
  ['train a.ts --lr', `train a.ts ${both('lr=1e-4')}`],
  ['train a.ts --dataroot d.npy', 'train a.ts --set sources.data.path=d.npy'],
  ['train --cfg a.ts', 'train a.ts'],
  ['train --ckpt runs/a', 'train --resume --out runs/a'],
  [
    'sample --network runs/a --seeds 3 --trunc 0.7 --class 2',
    'sample runs/a --seed 3 --truncation 0.7 --input label=2',
  ],
  ['compare a.ts --backend onnx', 'compare a.ts --backends onnx'],
])('saddle %s: saddle %s', (typed, right) => {
  const words = typed.split(' ')
  const flag = words.find((word) => word.startsWith('-')) ?? ''
  expect(adviceFor(flag, words)?.split('\n')).toContain(`  saddle ${right}`)
})

test('what only the spec can say is told so, and what nobody knows gets no advice', () => {
  expect(adviceFor('--z-dim', ['train', 'a.ts', '--z-dim', '64'])).toBe(
    '  It is part of the spec: latent: normal([N]), and input([N]) of the generator.\n',
  )
  expect(adviceFor('--fly', ['train', '--fly'])).toBe(undefined)
  expect(adviceFor('--lr', ['inspect', '--lr'])).toBe(undefined)
})

test('a foreign option is wrong usage, and its message has the line to paste', () =>
  inFolder(async (folder) => {
    const { code, out, err } = await saddle(folder, 'train', "ada's ring.ts", '--lr', '1e-3', '-o', 'new runs')
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain("error: unknown option '--lr'\n")
    expect(err).toContain(String.raw`  saddle train 'ada'\''s ring.ts' ${both('lr=1e-3')} --out 'new runs'`)
  }))

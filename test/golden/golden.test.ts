import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { text } from '../../src/dsl/printing/text.ts'
import { print } from '../../src/ir/print.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { compiled } from '../compile/playing.ts'

const examples = new URL('../../examples/', import.meta.url)
const names = readdirSync(examples)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))

const load = async (name: string): Promise<GameSpec> => {
  const example: { readonly default: GameSpec } = await import(`../../examples/${name}.ts`)
  return example.default
}

describe('each example’s program is as it was looked at', () => {
  test.each(names)('%s', async (name) => {
    await expect(print(compiled(await load(name)).step)).toMatchFileSnapshot(`${name}.txt`)
  })
})

test('the textbook game reads as in the textbook', async () => {
  const { players } = await load('textbook')
  const lines = Object.entries(players).map(
    ([name, { goal, objective, over }]) => `${name}: ${goal} over ${over.join(', ')}\n  ${text(objective)}\n`,
  )
  await expect(lines.join('')).toMatchFileSnapshot('textbook.objectives.txt')
})

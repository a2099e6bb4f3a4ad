import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { text } from '../../src/dsl/printing/text.ts'
import { print } from '../../src/ir/print.ts'
import type { Program } from '../../src/ir/program.ts'
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

/** Programs that a person can read whole. */
const inFull: readonly string[] = ['faces', 'rockPaperScissors', 'textbook']

/** One line per op: a program that grows, or loses what it shared, shows here. */
const counts = ({ draws, nodes, writes, metrics }: Program): string => {
  const byOp = new Map<string, number>()
  for (const { op } of nodes) byOp.set(op, (byOp.get(op) ?? 0) + 1)
  const sizes = { draws, writes, metrics }
  return [
    ...Object.entries(sizes).map(([name, record]) => `${name} ${Object.keys(record).length}`),
    `nodes ${nodes.length}`,
    ...[...byOp].sort(([a], [b]) => (a < b ? -1 : 1)).map(([op, n]) => `  ${op} ${n}`),
    '',
  ].join('\n')
}

describe('each example’s program is as it was looked at', () => {
  test.each(inFull)('%s, in full', async (name) => {
    await expect(print(compiled(await load(name)).step)).toMatchFileSnapshot(`${name}.txt`)
  })

  test.each(names.filter((name) => !inFull.includes(name)))('%s, by its counts of nodes', async (name) => {
    await expect(counts(compiled(await load(name)).step)).toMatchFileSnapshot(`${name}.counts.txt`)
  })
})

test('the textbook game reads as in the textbook', async () => {
  const { players } = await load('textbook')
  const lines = Object.entries(players).map(
    ([name, { goal, objective, over }]) => `${name}: ${goal} over ${over.join(', ')}\n  ${text(objective)}\n`,
  )
  await expect(lines.join('')).toMatchFileSnapshot('textbook.objectives.txt')
})

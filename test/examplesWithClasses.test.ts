import { describe, expect, it } from 'vitest'
import { compile } from '../src/compile/compile.ts'
import { rolesOf } from '../src/compile/roles.ts'
import { text } from '../src/dsl/printing/text.ts'
import { sampleQuery } from '../src/run/sampler.ts'
import type { GameSpec } from '../src/spec/spec.ts'
import { left, right } from './data/files.ts'
import { root } from './types/tsc.ts'

const load = async (name: string) => {
  const { default: game }: { readonly default: GameSpec } = await import(`${root}/examples/${name}.ts`)
  return right(compile(game))
}

describe.each([
  ['conditional', 'label', 'G(z, y_digits)'],
  ['projection', 'label', 'G(z, y_digits)'],
  ['acgan', 'label', 'G(z, y_digits)'],
  ['infogan', 'class', 'G(z, x_classes, x_styles)'],
])('%s', (name, input, samples) => {
  it('has a generator that is asked for classes, one or all in turn', async () => {
    const game = await load(name)
    const { critic, generated } = right(rolesOf(game))
    expect(critic).toBe('D')
    expect(text(generated)).toBe(samples)
    const hot = (label: number) => Array.from({ length: 10 }, (_, i) => (i === label ? 1 : 0))
    const of = (value: readonly number[] | 'all') =>
      Object.values(right(sampleQuery(game, { inputs: { [input]: value } })).given)
    expect(of([3])).toEqual([[hot(3)]])
    expect(of('all')).toEqual([Array.from({ length: 10 }, (_, label) => hot(label))])
    expect(left(sampleQuery(game, { inputs: { [input]: [10] } }))).toMatchObject({
      message: 'expected a class from 0 to 9, found 10',
    })
  })
})

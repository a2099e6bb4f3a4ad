import { describe, expect, it } from 'vitest'
import { titleOf } from '../../scripts/reference/declarations.ts'
import { type PublicName, publicNames } from '../../scripts/reference/publicNames.ts'

const names = publicNames()
const values = names.filter(({ kind }) => kind === 'value')

/** The names of those whose comment does not match. */
const without = (some: readonly PublicName[], pattern: RegExp): readonly string[] =>
  some.filter(({ doc }) => !pattern.test(doc)).map(({ name }) => name)

const among = (title: string): readonly PublicName[] => {
  const found = values.filter((each) => titleOf(each) === title)
  expect(found.length).toBeGreaterThan(2)
  return found
}

describe('the comment of a public name', () => {
  it('is there', () => {
    expect(names.length).toBeGreaterThan(200)
    expect(without(names, /\w/)).toEqual([])
  })

  it('gives the source of a loss, a penalty, an optimizer, a divergence', () => {
    const divergences = values.filter(({ name }) => name.startsWith('divergences.'))
    const cited = [...among('Losses and penalties'), ...among('Optimizers'), ...divergences]
    const own = ['losses', 'penalties', 'optimizer']
    expect(
      without(
        cited.filter(({ name }) => !own.includes(name)),
        /\b(18|19|20)\d\d\b/,
      ),
    ).toEqual([])
  })

  it('gives the shape that a layer makes, unless it keeps that of its input', () => {
    const shaping = among('Layers').filter(({ text }) => !/\bSame$/.test(text))
    expect(without(shaping, /`\[|shape|outputs/)).toEqual([])
  })

  it('gives the fields of a source', () => expect(without(among('Sources'), /`x\b/)).toEqual([]))

  it('gives the shapes of an operation on tensors', () => {
    const ops = values.filter(({ name }) => name.startsWith('ops.'))
    expect(ops.length).toBeGreaterThan(10)
    expect(without(ops, /`\[|\[n|shape|axis|size/)).toEqual([])
  })

  it('says of what may fail how it fails', () => {
    const failing = values.filter(({ text }) => /\b(Task)?Either</.test(text))
    expect(failing.length).toBeGreaterThan(5)
    expect(without(failing, /\b[Ll]eft\b/)).toEqual([])
  })
})

describe('the reference', () => {
  it('has a topic for every folder', () => {
    expect(names.map(titleOf).filter((title) => title.endsWith('.ts'))).toEqual([])
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { root, tsc } from './tsc.ts'

interface Report {
  readonly file: string
  readonly line: number
  readonly message: string
}

const folder = 'test/types/bad'
const place = /^(\S+?)\((\d+),\d+\): /

/** The compiler's errors; lines that begin with no place belong to the error before them. */
const reports: readonly Report[] = tsc('-p', folder)
  .split(/\n(?=\S+?\(\d+,\d+\): )/)
  .map((message) => ({ message, file: place.exec(message)?.[1] ?? '', line: Number(place.exec(message)?.[2]) }))

const files = readdirSync(`${root}/${folder}`).filter((name) => name.endsWith('.ts'))

describe('what must not compile', () => {
  test.each(files)('%s fails once, at the marked line, with the message that it expects', (name) => {
    const lines = readFileSync(`${root}/${folder}/${name}`, 'utf8').split('\n')
    const expected = lines[0]?.replace('// expect: ', '')
    const marked = lines.findIndex((line) => line.includes('// <--')) + 1
    const found = reports.filter(({ file }) => file.endsWith(`/${name}`))
    expect(found.map(({ line }) => line)).toEqual([marked])
    expect(found[0]?.message).toContain(expected)
  })

  test('what they share compiles', () => {
    expect(reports.filter(({ file }) => file === 'test/types/ring.ts')).toEqual([])
    expect(files.length).toBeGreaterThanOrEqual(20)
  })
})

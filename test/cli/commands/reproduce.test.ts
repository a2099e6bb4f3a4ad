import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder } from '../../data/files.ts'
import { saddle, start } from '../saddle.ts'

const rows = ['--row', 'GAN; simultaneous', '--row', 'gradient penalty, weight 0.3; alternating 1:1']

test('a table of a paper: what there is, ours beside theirs, and nothing is run twice', () =>
  inFolder(async (folder) => {
    const list = await saddle(folder, 'reproduce')
    expect(list).toMatchObject({ code: 0, err: '' })
    expect(list.out).toMatch(/^veegan-grid .*5 trials of 100,000 steps.*Table 1, 2D grid$/m)

    const first = await saddle(folder, 'reproduce', 'dirac-gan', ...rows, '--threads', '1')
    expect(first.code, first.err).toBe(0)
    expect(first.err).toContain('GAN; simultaneous, seed 1 (1 of 2)\n')
    expect(first.out).toMatch(/\| GAN; simultaneous, paper +\| 500 +\| 1 +\| does not +\|/)
    expect(first.out).toMatch(/\| GAN; simultaneous, ours +\| 500 +\| 1 +\| does not \(2\.2\) +\|/)
    expect(first.out).toMatch(/weight 0\.3; alternating 1:1, ours +\| 500 +\| 1 +\| converges \(1\.6e-7\) +\|/)
    expect(first.out).toContain('\nresults  reproductions/dirac-gan.json\n')
    const kept = await readFile(join(folder, 'reproductions', 'dirac-gan.json'), 'utf8')
    expect(first.out).toContain(await readFile(join(folder, 'reproductions', 'dirac-gan.md'), 'utf8'))

    const again = await saddle(folder, 'reproduce', 'dirac-gan', ...rows, '--threads', '1')
    expect(again).toMatchObject({ code: 0, err: '', out: first.out })
    expect(await readFile(join(folder, 'reproductions', 'dirac-gan.json'), 'utf8')).toBe(kept)
  }))

test('wrong names and numbers are wrong usage, and another file is left alone', () =>
  inFolder(async (folder) => {
    const wrong = [
      ['dirac'],
      ['dirac-gan', '--row', 'GAN'],
      ['dirac-gan', '--steps', '1.5'],
      ['dirac-gan', '--steps', '0'],
      ['dirac-gan', '--trials', '0'],
    ]
    for (const args of wrong) {
      const ended = await saddle(folder, 'reproduce', ...args)
      expect(ended, args.join(' ')).toMatchObject({ code: 2, out: '' })
    }
    expect((await saddle(folder, 'reproduce', 'dirac')).err).toContain('veegan-ring')
    expect(await readdir(folder)).toEqual([])
    const dataless = await saddle(folder, 'reproduce', 'stacked-mnist', '--data', 'nowhere')
    expect(dataless).toMatchObject({ code: 1, out: '' })
    expect(dataless.err).toContain('Give the folder of')
    await saddle(folder, 'reproduce', 'dirac-gan', '--row', 'GAN; simultaneous', '--out', 'a.json', '--quiet')
    const other = await saddle(folder, 'reproduce', 'veegan-ring', '--out', 'a.json')
    expect(other).toMatchObject({ code: 1, out: '' })
    expect(other.err).toContain('a.json: expected results of veegan-ring, found those of dirac-gan')
  }))

test('Ctrl-C ends a trial, and the table of what is done is shown', () =>
  inFolder(async (folder) => {
    const running = start(folder, ['reproduce', 'veegan-ring', '--row', 'GAN, minimax', '--threads', '1'])
    await running.says('step ')
    running.send('SIGINT')
    const ended = await running.ended
    expect(ended.code, ended.err).toBe(130)
    expect(ended.out).toMatch(/\| GAN, minimax, paper +\| 100,000 +\| 5 +\| 1\.0 +\| 99\.3 % +\|/)
    expect(ended.out).not.toContain('GAN, minimax, ours')
    expect(await readdir(folder)).toEqual([])
  }))

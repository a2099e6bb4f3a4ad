import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, tsc } from './tsc.ts'

const instantiations = 30_000
const megabytes = 80

/** A project of games.ts and the declarations that the package ships: what checking costs a user. */
const project = (folder: string): string => {
  tsc('-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', join(folder, 'src'))
  mkdirSync(join(folder, 'test/types'), { recursive: true })
  for (const file of ['package.json', 'tsconfig.json', 'test/types/games.ts', 'test/types/tsconfig.games.json'])
    cpSync(join(root, file), join(folder, file))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return join(folder, 'test/types/tsconfig.games.json')
}

const measured = (report: string, name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(report)?.[1])

test(`six networks and six games cost at most ${instantiations} instantiations and ${megabytes} MB`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'saddlepoint-'))
  try {
    // The counts vary where the compiler checks in several threads.
    const report = tsc('-p', project(folder), '--extendedDiagnostics', '--singleThreaded')
    expect(report).not.toContain('error TS')
    expect(measured(report, 'Instantiations')).toBeLessThanOrEqual(instantiations)
    expect(measured(report, 'Memory used')).toBeLessThanOrEqual(megabytes * 1000)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

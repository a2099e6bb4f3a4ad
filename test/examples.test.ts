import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openFiles } from '../src/data/openFiles.ts'
import { train } from '../src/run/train.ts'
import type { GameSpec } from '../src/spec/spec.ts'
import { rightOf } from './data/files.ts'
import { root } from './types/tsc.ts'

const folder = `${root}/examples`

describe('every example', () => {
  it.each(readdirSync(folder).filter((file) => file.endsWith('.ts')))('%s trains, on its own data', async (file) => {
    const { default: game }: { readonly default: GameSpec } = await import(`${folder}/${file}`)
    const trained = await rightOf(train({ ...game, steps: 3 }, { threads: 1, openFiles: openFiles(folder) }))
    expect(trained).toMatchObject({ step: 3, reason: 'finished' })
  })
})

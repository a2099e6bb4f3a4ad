import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createJiti } from 'jiti'
import { expect, test } from 'vitest'
import * as universal from '../../src/index.ts'
import * as node from '../../src/node.ts'
import { inFolder, put } from '../data/files.ts'
import { start } from './saddle.ts'
import { ringSource } from './specs.ts'

test('code that somebody planted in the cache of the folder for temporary files is not run, and nothing is written there', () =>
  inFolder(async (folder) => {
    const spec = await put(folder, 'ring.ts', ringSource)
    const temporary = join(folder, 'tmp')
    const cache = join(temporary, 'jiti')
    // The names that jiti's own cache gives: everybody on the machine can work them out.
    const jiti = createJiti(import.meta.url, {
      interopDefault: false,
      fsCache: cache,
      virtualModules: { saddlepoint: universal, 'saddlepoint/node': node },
    })
    await jiti.import(spec)
    const names = await readdir(cache)
    expect(names).not.toEqual([])
    const marker = join(folder, 'planted')
    const code = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '');`
    const planted = await Promise.all(
      names.map(async (name) => {
        const text = `${code}${await readFile(join(cache, name), 'utf8')}`
        await writeFile(join(cache, name), text)
        return text
      }),
    )
    const { code: exit, err } = await start(folder, ['inspect', 'ring.ts'], { TMPDIR: temporary }).ended
    expect(exit, err).toBe(0)
    expect(existsSync(marker)).toBe(false)
    expect(await Promise.all(names.map((name) => readFile(join(cache, name), 'utf8')))).toEqual(planted)
    expect(await readdir(temporary)).toEqual(['jiti'])
  }))

test('a spec is read without writing to the folder for temporary files', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    await mkdir(join(folder, 'tmp'))
    const { code, err } = await start(folder, ['inspect', 'ring.ts'], { TMPDIR: join(folder, 'tmp') }).ended
    expect(code, err).toBe(0)
    expect(await readdir(join(folder, 'tmp'))).toEqual([])
  }))

test('backends install runs no Python module and no program of the present folder', () =>
  inFolder(async (folder) => {
    const marker = join(folder, 'planted')
    const module = `open(${JSON.stringify(marker)}, 'w').close()\n`
    for (const name of ['pip.py', 'json.py', 're.py', 'zipfile.py', 'sitecustomize.py']) await put(folder, name, module)
    await writeFile(join(folder, 'python3'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 })
    await mkdir(join(folder, 'bin'))
    await writeFile(join(folder, 'bin', 'python3'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 })
    const { code, err } = await start(folder, ['backends', 'install', 'tfjs-node'], {
      SADDLEPOINT_HOME: join(folder, 'home'),
      PATH: `:.:bin:${process.env.PATH}`,
      PYTHONPATH: `:${folder}`,
      PIP_NO_INDEX: '1',
    }).ended
    // The real pip has run: it says what it did not find.
    expect([code, err]).toEqual([1, expect.stringContaining('No matching distribution found for tensorflow-cpu')])
    expect(existsSync(marker)).toBe(false)
  }))

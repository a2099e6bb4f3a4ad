import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type InstallOptions, installLibrary, type Progress } from '../../../src/backends/libraries/install.ts'
import type { Library } from '../../../src/backends/libraries/library.ts'
import { removeLibrary } from '../../../src/backends/libraries/remove.ts'
import { temporaryName } from '../../../src/io/atomic.ts'
import { fakePip } from './fakePip.ts'
import { makeWheel } from './wheels.ts'

/** Small wheels out of a folder; what pip does is tested beside it. */
let made: string
let library: Library
let folder: string
let home: string
let index: string

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'saddle-wheels-'))
  library = {
    name: 'tfjs-node-gpu',
    title: 'core',
    version: '1.0',
    main: {
      folder: 'core',
      wheels: [makeWheel(made, 'core', ['core/lib.so', 'core/notes.txt'])],
      keep: '.*so',
      size: 1,
    },
    cuda: {
      folder: 'chips',
      wheels: ['first', 'second'].map((name) => makeWheel(made, name, [`chips/${name}/lib.so`])),
      keep: 'chips/.*',
      size: 1,
    },
  }
})

afterAll(() => rmSync(made, { recursive: true }))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saddle-libraries-'))
  home = join(folder, 'home')
  index = join(folder, 'index')
  cpSync(made, index, { recursive: true })
  vi.stubEnv('PATH', `${fakePip(folder, index)}:${process.env.PATH}`)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const install = (changes: Partial<InstallOptions> = {}, wanted: Library = library) =>
  installLibrary(wanted, {
    home,
    cuda: false,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...changes,
  })()

/** All that is in a folder, below it too. */
const listed = (path: string): readonly string[] => readdirSync(path, { recursive: true }).map(String).sort()

const withoutPython = (): void => {
  vi.stubEnv('PATH', join(folder, 'nothing'))
}

describe('a library is installed', () => {
  test('with the files that are wanted and nothing else', async () => {
    expect(await install()).toEqual({ _tag: 'Right', right: true })
    expect(listed(home)).toEqual(['core-1.0', 'core-1.0/core', 'core-1.0/core/lib.so', 'downloads'])
    expect(readFileSync(join(home, 'core-1.0/core/lib.so'), 'utf8')).toBe('this is core/lib.so')
    expect(statSync(join(home, 'core-1.0/core/lib.so')).mode & 0o777).toBe(0o755)
  })

  test('with what a GPU needs beside it, where that is wanted', async () => {
    expect(await install({ cuda: true })).toEqual({ _tag: 'Right', right: true })
    expect(listed(join(home, 'core-1.0'))).toEqual([
      'chips',
      'chips/first',
      'chips/first/lib.so',
      'chips/second',
      'chips/second/lib.so',
      'core',
      'core/lib.so',
    ])
  })

  test('once: then nothing is asked for', async () => {
    await install()
    withoutPython()
    expect(await install()).toEqual({ _tag: 'Right', right: false })
  })

  test('and CUDA can be added later', async () => {
    await install()
    rmSync(join(index, 'core-1.0-py3-none-manylinux2014_x86_64.whl'))
    expect(await install({ cuda: true })).toEqual({ _tag: 'Right', right: true })
    expect(existsSync(join(home, 'core-1.0/chips/second/lib.so'))).toBe(true)
  })

  test('and says how far it is', async () => {
    const seen: Progress[] = []
    await install({ cuda: true, onProgress: (progress) => seen.push(progress) })
    const sizes = (library.cuda?.wheels ?? []).map(({ size }) => size)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    const downloads = seen.filter((progress) => progress.doing === 'downloading' && progress.total === total)
    expect(downloads.map(({ done }) => done)).toEqual([...downloads.map(({ done }) => done)].sort((a, b) => a - b))
    expect(downloads.at(-1)?.done).toBe(total)
  })

  test('after a process that was killed: what that left behind is gone', async () => {
    const left = join(home, temporaryName())
    mkdirSync(left, { recursive: true })
    writeFileSync(join(left, 'half.so'), 'half')
    await install()
    expect(existsSync(left)).toBe(false)
  })
})

describe('downloads that were done are not fetched again', () => {
  const secondName = 'second-1.0-py3-none-manylinux2014_x86_64.whl'

  test('when a later one failed', async () => {
    const second = readFileSync(join(index, secondName))
    rmSync(join(index, secondName))
    expect(await install({ cuda: true })).toMatchObject({
      _tag: 'Left',
      left: {
        place: { type: 'library', name: 'tfjs-node-gpu' },
        message: expect.stringContaining('downloading second 1.0'),
      },
    })
    expect(listed(home)).toEqual([
      'core-1.0',
      'core-1.0/core',
      'core-1.0/core/lib.so',
      'downloads',
      'downloads/first-1.0.whl',
    ])

    rmSync(join(index, 'first-1.0-py3-none-manylinux2014_x86_64.whl'))
    writeFileSync(join(index, secondName), second)
    expect(await install({ cuda: true })).toEqual({ _tag: 'Right', right: true })
    expect(existsSync(join(home, 'core-1.0/chips/first/lib.so'))).toBe(true)
  })

  test('unless they were damaged', async () => {
    mkdirSync(join(home, 'downloads'), { recursive: true })
    writeFileSync(join(home, 'downloads/core-1.0.whl'), 'not what it was')
    expect(await install()).toEqual({ _tag: 'Right', right: true })
    expect(readFileSync(join(home, 'core-1.0/core/lib.so'), 'utf8')).toBe('this is core/lib.so')
  })
})

describe('what fails leaves nothing half', () => {
  test('an interruption', async () => {
    const controller = new AbortController()
    const stopped = await install({
      cuda: true,
      signal: controller.signal,
      onProgress: ({ done }) => {
        // The first of the wheels for a GPU is there.
        if (done === library.cuda?.wheels[0]?.size) controller.abort()
      },
    })
    expect(stopped._tag).toBe('Left')
    expect(listed(home)).toEqual([
      'core-1.0',
      'core-1.0/core',
      'core-1.0/core/lib.so',
      'downloads',
      'downloads/first-1.0.whl',
    ])
  })

  test('a disk that is too small, before anything is fetched', async () => {
    expect(await install({}, withoutSpace())).toMatchObject({
      _tag: 'Left',
      left: {
        message: expect.stringMatching(/it takes 1000000000\.0 GB while it is unpacked, and there are [\d.]+ GB in /),
        hint: expect.stringContaining('SADDLEPOINT_HOME'),
      },
    })
    expect(listed(home)).toEqual(['downloads'])
  })

  const withoutSpace = (): Library => ({ ...library, main: { ...library.main, size: 1e18 } })
})

describe('an error says what to do', () => {
  test('without Python', async () => {
    withoutPython()
    expect(await install()).toMatchObject({
      _tag: 'Left',
      left: {
        message: expect.stringMatching(/pip, which does not run: .*python3.*ENOENT/),
        hint: expect.stringContaining('Install Python 3 with pip'),
      },
    })
  })

  test('with a Python that has no pip', async () => {
    const bin = join(folder, 'other')
    mkdirSync(bin)
    writeFileSync(join(bin, 'python3'), '#!/bin/sh\necho "No module named pip" >&2\nexit 1\n', { mode: 0o755 })
    vi.stubEnv('PATH', bin)
    expect(await install()).toMatchObject({
      _tag: 'Left',
      left: { message: expect.stringContaining('No module named pip'), hint: expect.stringContaining('with pip') },
    })
  })

  test('where the folder can’t be made', async () => {
    writeFileSync(join(folder, 'file'), '')
    expect(await install({ home: join(folder, 'file') })).toMatchObject({
      _tag: 'Left',
      left: {
        message: expect.stringContaining(join(folder, 'file')),
        hint: expect.stringContaining('SADDLEPOINT_HOME'),
      },
    })
  })

  test('while another process installs', async () => {
    const both = await Promise.all([install(), install()])
    expect(both.map(({ _tag }) => _tag).sort()).toEqual(['Left', 'Right'])
    expect(both.find(({ _tag }) => _tag === 'Left')).toMatchObject({
      left: { message: expect.stringContaining(`process ${process.pid}`) },
    })
  })
})

describe('a library is removed', () => {
  test('whole, with what is left of its downloads', async () => {
    await install({ cuda: true })
    writeFileSync(join(home, 'downloads/first-1.0.whl'), 'left over')
    expect(await removeLibrary(library, home)()).toEqual({ _tag: 'Right', right: true })
    expect(listed(home)).toEqual(['downloads'])
  })

  test('in every version, and nothing else', async () => {
    for (const name of ['core-0.9', 'core-1.0', 'core-cpu-1.0', 'core', 'other-1.0'])
      mkdirSync(join(home, name), { recursive: true })
    await removeLibrary(library, home)()
    expect(listed(home)).toEqual(['core', 'core-cpu-1.0', 'downloads', 'other-1.0'])
  })

  test('only if it was there', async () => {
    expect(await removeLibrary(library, home)()).toEqual({ _tag: 'Right', right: false })
    expect(existsSync(home)).toBe(false)
  })
})

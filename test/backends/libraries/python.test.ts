import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Wheel } from '../../../src/backends/libraries/library.ts'
import { downloadWheel, unpackWheel } from '../../../src/backends/libraries/python.ts'
import { makeWheel } from './wheels.ts'

/** The real pip, which is given a folder in place of the network. */
let folder: string
let wheel: Wheel

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saddle-pip-'))
  vi.stubEnv('PIP_NO_INDEX', '1')
  vi.stubEnv('PIP_FIND_LINKS', folder)
  wheel = makeWheel(folder, 'core', ['core/lib.so'])
})

afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const download = async (wanted: Wheel, name: string) => {
  const into = join(folder, name)
  mkdirSync(into)
  const ended = await downloadWheel('python3', wanted, into, new AbortController().signal)()
  return { ended, files: readdirSync(into) }
}

test('pip brings a wheel for the platform that the libraries are for, whatever Python is here', async () => {
  const { ended, files } = await download(wheel, 'right')
  expect(ended).toMatchObject({ _tag: 'Right' })
  expect(files.sort()).toEqual(['core-1.0-py3-none-manylinux2014_x86_64.whl', 'requirements.txt'])
})

test('pip refuses a wheel of another hash', async () => {
  const { ended, files } = await download({ ...wheel, sha256: '0'.repeat(64) }, 'wrong')
  expect(ended).toMatchObject({ _tag: 'Left', left: { message: expect.stringContaining(wheel.sha256) } })
  expect(files).toEqual(['requirements.txt'])
})

test('unpacking takes no module from the folder that it runs in', async () => {
  const cwd = join(folder, 'work')
  mkdirSync(cwd)
  const marker = join(folder, 'planted')
  for (const name of ['os.py', 're.py', 'zipfile.py'])
    writeFileSync(join(cwd, name), `open(${JSON.stringify(marker)}, 'w').close()\n`)
  const { signal } = new AbortController()
  const [made = ''] = readdirSync(folder).filter((name) => name.endsWith('.whl'))
  const ended = await unpackWheel('python3', join(folder, made), join(folder, 'unpacked'), '.*so', cwd, signal)()
  expect(ended).toMatchObject({ _tag: 'Right' })
  expect(readdirSync(join(folder, 'unpacked', 'core'))).toEqual(['lib.so'])
  expect(existsSync(marker)).toBe(false)
})

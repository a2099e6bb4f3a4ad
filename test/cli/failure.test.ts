import { execFile } from 'node:child_process'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { encodeNpy } from '../../src/io/formats/npy.ts'
import { inFolder, put } from '../data/files.ts'
import { main, saddle } from './saddle.ts'
import { ringSource } from './specs.ts'

test('with --json an error is an event on stdout, too', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const error = {
      type: 'RunError',
      place: { type: 'file', path: 'none.ts' },
      message: 'there is no such file',
      hint: 'Give the path of a spec; `saddle init` writes one to start from.',
    }
    const text = `${error.place.path}: ${error.message}\n  ${error.hint}`
    for (const args of [['train'], ['inspect'], ['trace'], ['compare', '--backends', 'onnx']]) {
      const { code, out, err } = await saddle(folder, ...args, 'none.ts', '--json')
      expect([code, err]).toEqual([1, `error: ${text}\n`])
      expect(JSON.parse(out)).toEqual({ type: 'error', message: text, error })
    }
    const mistaken = await saddle(folder, 'train', 'ring.ts', '--json', '--set', 'batch=-1')
    expect(JSON.parse(mistaken.out)).toMatchObject({
      type: 'error',
      error: { type: 'InvalidSpec', errors: [{ found: '-1' }] },
    })
    const wild = ['--set', 'optimizers.generator={"type":"sgd","lr":1e30}', '--steps', '50']
    const diverged = await saddle(folder, 'train', 'ring.ts', '--json', ...wild)
    const last = diverged.out.trim().split('\n').at(-1) ?? ''
    expect(JSON.parse(last)).toMatchObject({ type: 'error', error: { type: 'Diverged', saved: { step: 0 } } })
    expect((JSON.parse(last) as { error: { at: { value: unknown } } }).error.at.value).toMatch(/^(NaN|-?Infinity)$/)
  }))

test('too many threads are refused with the most that are allowed', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    for (const args of [['train', 'ring.ts'], ['compare', 'ring.ts', '--backends', 'onnx'], ['reproduce']]) {
      const { code, err } = await saddle(folder, ...args, '--threads', '1000000000')
      expect([code, err]).toEqual([2, expect.stringContaining('Give at most 1024, the number of cores.')])
    }
  }))

test('a limit of address space is named, and the run is not blamed', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const limited = (more: string) =>
      promisify(execFile)(
        '/bin/sh',
        ['-c', `ulimit -v 3000000; ${more} exec "$0" "$@"`, process.execPath, main, 'train', 'ring.ts', '--no-summary'],
        { cwd: folder },
      )
    await expect(limited('')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^error: random numbers: WebAssembly.*[Oo]ut of memory.*\n {2}The process has reached its limit/,
      ),
    })
    // What the message says to do.
    expect((await limited('NODE_OPTIONS=--disable-wasm-trap-handler')).stdout).toBe('run  runs/ring\n')
  }))

const moved = ringSource
  .replace('normal,', 'normal, npy,')
  .replace(/data: ring.*,/, "data: npy({ path: 'data/a.npy', shape: [2] }),")

test('a run whose data were moved says which setting names their new place, and goes on with it', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', moved)
    await mkdir(join(folder, 'data'))
    const values = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i))
    await put(join(folder, 'data'), 'a.npy', encodeNpy([64, 2], values))
    const made = await saddle(folder, 'train', 'ring.ts', '--no-summary', '--out', 'run')
    expect(made.code, made.err).toBe(0)
    await rename(join(folder, 'data'), join(folder, 'elsewhere'))
    const resume = ['train', '--resume', '--out', 'run', '--steps', '25', '--no-summary']
    const lost = await saddle(folder, ...resume)
    expect(lost.code).toBe(1)
    expect(lost.err).toContain('If you moved it, add --set sources.data.path=/NEW/FOLDER/a.npy\n')
    const found = await saddle(folder, ...resume, '--set', `sources.data.path=${join(folder, 'elsewhere', 'a.npy')}`)
    expect(found.code, found.err).toBe(0)
    expect((await saddle(folder, 'trace', 'ring.ts')).err).toContain('--set sources.data.path=/NEW/FOLDER/a.npy')
  }))

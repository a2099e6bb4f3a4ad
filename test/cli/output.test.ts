import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder, put } from '../data/files.ts'
import { main, saddle, start } from './saddle.ts'
import { ringSource } from './specs.ts'

const whole = ['checkpoints', 'metrics.jsonl', 'run.json', 'samples', 'spec.json']
const train = ['train', 'ring.ts', '--steps', '400', '--threads', '1', '--no-summary'] as const

const saved = async (folder: string): Promise<readonly string[]> => readdir(join(folder, 'runs', 'ring', 'checkpoints'))

test('training goes on when nobody reads its events any more', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const running = start(folder, [...train, '--json'])
    await running.says('"started"')
    running.close('out')
    const { code, err } = await running.ended
    expect([code, err]).toEqual([0, 'stdout was closed; training continues, and Ctrl-C saves and ends it\n'])
    expect(await saved(folder)).toContain('step-00000400.safetensors')
    expect((await readdir(join(folder, 'runs', 'ring'))).sort()).toEqual(whole)
  }))

test('training goes on when nobody reads its progress any more, and a signal still saves it', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const running = start(folder, ['train', 'ring.ts', '--steps', '1000000', '--save-every', '1000000'])
    await running.says('parameters')
    running.close('err')
    await new Promise((resolve) => setTimeout(resolve, 3000))
    running.send('SIGTERM')
    expect((await running.ended).code).toBe(130)
    expect(await saved(folder)).toHaveLength(2)
  }))

test('what prints ends quietly when its reader has had enough; what makes a file makes it', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const made = await saddle(folder, ...train)
    expect(made.code, made.err).toBe(0)
    const unread = (...args: readonly string[]) => {
      const running = start(folder, args)
      running.close('out')
      return running.ended
    }
    expect(await unread('inspect', 'ring.ts')).toEqual({ code: 0, out: '', err: '' })
    expect(await unread('--help')).toEqual({ code: 0, out: '', err: '' })
    expect(await unread('sample', 'runs/ring', '--count', '3', '--out', 'a.csv')).toEqual({ code: 0, out: '', err: '' })
    expect(await readFile(join(folder, 'a.csv'), 'utf8')).toMatch(/^(.+\n){4}$/)
    const row = ['--row', 'GAN; simultaneous', '--threads', '1', '--quiet']
    expect(await unread('reproduce', 'dirac-gan', ...row)).toEqual({ code: 0, out: '', err: '' })
    expect(await readdir(join(folder, 'reproductions'))).toContain('dirac-gan.json')
    expect((await unread('compare', 'ring.ts', '--backends', 'abacus')).code).toBe(2)
    // Its result is its exit code.
    expect((await unread('compare', 'ring.ts', '--backends', 'tfjs-webgpu', '--steps', '1')).code).toBe(1)
  }))

/** A command whose stdout is a disk that is full. */
const onFullDisk = (folder: string, ...args: readonly string[]): Promise<readonly [code: number | null, err: string]> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: folder,
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    })
    let err = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    child.on('close', (code) => resolve([code, err]))
  })

test('a full disk behind stdout is told without a stack, the training goes on to its end, and the command fails', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const said = 'error: stdout: the disk is full, or the quota is used up\n  The output is incomplete.\n'
    expect(await onFullDisk(folder, ...train, '--json')).toEqual([1, said])
    expect(await saved(folder)).toContain('step-00000400.safetensors')
    expect(await onFullDisk(folder, 'inspect', 'ring.ts')).toEqual([1, said])
    expect(await onFullDisk(folder, 'sample', 'runs/ring', '--out', 'a.csv')).toEqual([1, said])
    expect(await readdir(folder)).toContain('a.csv')
  }))

/** Trains in a terminal of its own, closes it, and prints how the process ended: minus a signal's number. */
const inTerminal = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
said = b''
while b'steps/s' not in said:
    said += os.read(terminal, 4096)
os.close(terminal)
status = os.waitpid(pid, 0)[1]
print(os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status))
`

test('a terminal that is closed ends a run by SIGHUP, and the run is saved', () =>
  inFolder(async (folder) => {
    await put(folder, 'ring.ts', ringSource)
    const args = ['train', 'ring.ts', '--steps', '1000000', '--save-every', '1000000']
    const child = spawn('python3', ['-c', inTerminal, process.execPath, main, ...args], { cwd: folder })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    await new Promise((resolve) => child.on('close', resolve))
    expect(said).toBe('-1\n')
    expect(await saved(folder)).toHaveLength(2)
    // It has given the run back, too.
    expect(await readdir(join(folder, 'runs', 'ring'))).not.toContain('run.lock')
  }))

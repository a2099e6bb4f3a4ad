import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createBuilder } from '../../../src/ir/builder.ts'
import { inFolder, put } from '../../data/files.ts'
import { root } from '../../types/tsc.ts'

/** A product of matrices that takes the reference minutes. */
const size = 3000
const program = (() => {
  const b = createBuilder()
  const x = b.state('x', [size, size])
  return b.program({ writes: { x: b.matmul(x, x) }, metrics: {} })
})()

/** Starts the reference in a process of its own, sets it to work, prints its number and is killed. */
const parent = (main: string): string => `
import { fork } from 'node:child_process'
const child = fork(${JSON.stringify(main)}, ['serve-backend'], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
const values = new Float32Array(${size * size})
const requests = [
  { type: 'start', name: 'reference', options: {} },
  { type: 'store', store: 0, initial: { x: { shape: [${size}, ${size}], values } } },
  { type: 'compile', store: 0, executable: 0, program: ${JSON.stringify(program)} },
  { type: 'run', executable: 0, feeds: { first: 0, count: 1, draws: {} } },
]
for (const [id, request] of requests.entries()) child.send({ id, request })
child.on('message', ({ id }) => {
  if (id === 2) setTimeout(() => process.stdout.write(String(child.pid), () => process.kill(process.pid, 'SIGKILL')), 500)
})
`

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a process with a backend ends with the one that started it, in the middle of a computation', () =>
  inFolder(async (folder) => {
    const script = await put(folder, 'parent.mjs', parent(join(root, 'dist/cli/main.js')))
    const running = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    running.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    await new Promise((resolve) => running.on('exit', resolve))
    expect(said).toMatch(/^\d+$/)
    // A busy machine may take seconds to give the watching thread its turn. The computation itself takes minutes.
    await expect.poll(() => isAlive(Number(said)), { timeout: 20_000 }).toBe(false)
  }))

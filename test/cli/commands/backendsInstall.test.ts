import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolder } from '../../data/files.ts'
import { type Running, start } from '../saddle.ts'

/** A pip that has written 5 MB and never comes to an end. */
const endlessPip = `#!/bin/sh
if [ "$4" = --version ]; then exit 0; fi
while [ "$1" != --dest ]; do shift; done
head -c 5000000 /dev/zero > "$2/core.part"
exec sleep 60
`

const withPip = async (folder: string, script: string): Promise<NodeJS.ProcessEnv> => {
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin/python3'), script, { mode: 0o755 })
  return { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, SADDLEPOINT_HOME: join(folder, 'home') }
}

const install = (folder: string, env: NodeJS.ProcessEnv, ...args: readonly string[]): Running =>
  start(folder, ['backends', 'install', ...args], env)

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends the download at once and leaves nothing half', (signal) =>
  inFolder(async (folder) => {
    const running = install(folder, await withPip(folder, endlessPip), 'tfjs-node')
    await running.says('downloading 5 of 259 MB')
    running.send(signal)
    const { code, out, err } = await running.ended
    expect([code, out]).toEqual([130, ''])
    expect(err).toContain('interrupted; completed downloads are kept')
    expect(await readdir(join(folder, 'home'), { recursive: true })).toEqual(['downloads'])
  }),
)

test('a failure of pip is told, with what to do', () =>
  inFolder(async (folder) => {
    const env = await withPip(folder, '#!/bin/sh\n[ "$4" = --version ] || { echo "no route to host" >&2; exit 1; }\n')
    const { code, out, err } = await install(folder, env, 'tfjs-node').ended
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('error: tfjs-node: downloading tensorflow-cpu 2.20.0: no route to host\n  Check the network')
  }))

test('what is installed is not brought again, and where it is is printed', () =>
  inFolder(async (folder) => {
    const place = join(folder, 'home', 'tensorflow-cpu-2.20.0')
    await mkdir(join(place, 'tensorflow'), { recursive: true })
    const env = { SADDLEPOINT_HOME: join(folder, 'home') }
    expect(await install(folder, env, 'tfjs-node').ended).toEqual({
      code: 0,
      out: `${place}\n`,
      err: 'tfjs-node is installed already\n',
    })

    const remove = () => start(folder, ['backends', 'remove', 'tfjs-node'], env).ended
    expect(await remove()).toEqual({ code: 0, out: '', err: 'tfjs-node is removed\n' })
    expect(await readdir(join(folder, 'home'))).toEqual(['downloads'])
    expect(await remove()).toEqual({ code: 0, out: '', err: 'tfjs-node was not installed\n' })
  }))

test.each([
  [['install'], 'NAME'],
  [['install', 'tfjs-wasm'], 'Allowed choices are onnx, tfjs-node-gpu, tfjs-node'],
  [['install', 'onnx', '--cuda'], 'onnx runs on the CPU; for a GPU, install tfjs-node-gpu'],
  [['install', 'tfjs-node', '--cuda'], 'tfjs-node runs on the CPU; for a GPU, install tfjs-node-gpu'],
  [['remove', 'tfjs-wasm'], 'Allowed choices are onnx, tfjs-node-gpu, tfjs-node'],
])('wrong usage says what is right: backends %j', (args, message) =>
  inFolder(async (folder) => {
    const { code, out, err } = await start(folder, ['backends', ...args]).ended
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(message)
  }),
)

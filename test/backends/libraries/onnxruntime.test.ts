import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { installPackage, type NpmLibrary } from '../../../src/backends/libraries/npmLibrary.ts'
import { onnxruntime } from '../../../src/backends/libraries/onnxruntime.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saddle-npm-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** A package of a folder, with binaries for some platforms; npm installs it as it does those of its registry. */
const makePackage = (platforms: readonly string[]): NpmLibrary => {
  const made = join(folder, 'made')
  for (const platform of platforms) {
    mkdirSync(join(made, 'bin', platform), { recursive: true })
    writeFileSync(join(made, 'bin', platform, 'lib.so'), platform)
  }
  const scripts = { postinstall: `touch ${join(folder, 'a-script-ran')}` }
  writeFileSync(join(made, 'package.json'), JSON.stringify({ name: 'made', version: '1.0.0', scripts }))
  return { name: 'onnx', title: 'made', version: `file:${made}`, package: 'made', size: 1, binaries: 'bin' }
}

const own = `${process.platform}/${process.arch}`
const place = () => join(folder, 'home/made-1.0.0/here')
const install = (library: NpmLibrary, signal = new AbortController().signal) =>
  installPackage(library, place(), { home: join(folder, 'home'), signal, onProgress: () => {} })()

test('the version that is brought is the one that the tests run on', () => {
  const { version } = JSON.parse(readFileSync('node_modules/onnxruntime-node/package.json', 'utf8'))
  expect(onnxruntime.version).toBe(version)
  expect(existsSync(join('node_modules', onnxruntime.package, onnxruntime.binaries, own))).toBe(true)
})

test('a package is installed once, with the binaries of this platform alone, and no script of it is run', async () => {
  const library = makePackage([own, `${process.platform}/abacus`, 'plan9/mips'])
  expect(await install(library)).toEqual({ _tag: 'Right', right: true })
  const found = readdirSync(join(place(), 'node_modules/made/bin'), { recursive: true }).map(String)
  expect(found.sort()).toEqual([process.platform, own, `${own}/lib.so`])
  expect(existsSync(join(folder, 'a-script-ran'))).toBe(false)
  expect(await install(library)).toEqual({ _tag: 'Right', right: false })
})

test('one that has nothing for this platform leaves nothing behind, and says so', async () => {
  expect(await install(makePackage(['plan9/mips']))).toMatchObject({
    _tag: 'Left',
    left: {
      place: { type: 'library', name: 'onnx' },
      message: expect.stringContaining(`it has nothing for ${process.platform}-${process.arch}`),
    },
  })
  expect(readdirSync(join(folder, 'home'))).toEqual(['downloads'])
})

test('where npm fails, what it said is told, and nothing is left', async () => {
  const library = { ...makePackage([own]), version: 'file:/nowhere.tgz' }
  expect(await install(library)).toMatchObject({
    _tag: 'Left',
    left: { message: expect.stringMatching(/^npm install made@file:.*nowhere/s), hint: expect.stringContaining('npm') },
  })
  vi.stubEnv('PATH', join(folder, 'nothing'))
  expect(await install(library)).toMatchObject({ left: { message: expect.stringMatching(/npm.*ENOENT/) } })
  expect(readdirSync(join(folder, 'home'))).toEqual(['downloads'])
})

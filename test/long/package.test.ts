import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, install, pack, resolutions, run, typeCheck } from '../package/project.ts'

/** npm's own builds of Node. */
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const versions = ['20', '22', '24', '26']

describe('the packed package', () => {
  const folder = createProject()
  const packed = pack(folder)
  const projects = [folder]
  afterAll(() => {
    for (const project of projects) rmSync(project, { recursive: true })
  }, 60_000)

  describe.each(versions)('on Node %s', (version) => {
    const node = createProject()
    projects.push(node)
    const binary = join(node, 'node_modules', nodePackage, 'bin/node')

    beforeAll(() => {
      install(node, `${nodePackage}@${version}`)
      install(node, packed)
    }, 600_000)

    it('runs in JavaScript and as TypeScript compiles', () => {
      const { stdout } = run(node, binary, ['--version'])
      expect(stdout).toMatch(new RegExp(`^v${version}\\.`))
      expect(run(node, binary, ['use.js'])).toMatchObject({ status: 0, stdout: 'trained 20 on onnx-wasm\n' })
      expect(typeCheck(node, ['--module', 'nodenext'])).toBe('')
      expect(run(node, binary, ['built/use.js'])).toMatchObject({ status: 0, stdout: 'trained 20 on onnx-wasm\n' })
      expect(run(node, binary, ['node_modules/saddlepoint/dist/cli/main.js', '--help']).stdout).toContain('train')
      console.log(`trained on Node ${stdout.trim()}`)
    })
  })

  it('takes the onnxruntime-node of the project where there is one', () => {
    const own = createProject()
    projects.push(own)
    install(own, packed)
    install(own, 'onnxruntime-node')
    expect(run(own, process.execPath, ['use.js'])).toMatchObject({ status: 0, stdout: 'trained 20 on onnx\n' })
  }, 600_000)

  describe.each(['5', '6'])('with TypeScript %s', (version) => {
    const older = createProject()
    projects.push(older)
    beforeAll(() => {
      install(older, `typescript@${version}`)
      install(older, packed)
    }, 600_000)

    it.each(resolutions)('has types for a consumer that resolves as %s', (_, options) => {
      expect(typeCheck(older, ['--noEmit', ...options], older)).toBe('')
    })
  })
})

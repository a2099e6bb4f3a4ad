import * as E from '#fp-ts/Either'
import type { StartBackend } from '../../src/backends/core/backend.ts'
import type { Case } from './case.ts'
import { chunks, conformance } from './cases.ts'
import { chunked, disagreements } from './run.ts'
import { machine, type Runner } from './runner.ts'
import { inWgsl } from './wgsl.ts'

const named = (cases: readonly Case[], name: string): Case => {
  const found = cases.find((one) => one.name === name)
  if (found === undefined) throw new Error(`there is no case ${name}`)
  return found
}

/** In this process. */
export const runHere = async (start: StartBackend): Promise<Runner> => {
  const started = await start({})()
  if (E.isLeft(started)) throw new Error(`${started.left.message}\n  ${started.left.hint}`)
  const backend = started.right
  const held = (one: Case): Case => (backend.info.device.includes('WebGPU') ? inWgsl(one) : one)
  return {
    info: backend.info,
    environment: `Node ${process.versions.node}, ${machine()}`,
    disagreements: (name) => disagreements(backend, held(named(conformance, name))),
    sameInChunks: async (name) => {
      const { together, alone } = await chunked(backend, named(chunks, name))
      return JSON.stringify(together) === JSON.stringify(alone)
    },
    close: async () => backend.dispose?.(),
  }
}

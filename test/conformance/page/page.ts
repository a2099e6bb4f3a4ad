import * as E from '#fp-ts/Either'
import type { Backend, BackendInfo } from '../../../src/backends/core/backend.ts'
import { startBackend } from '../../../src/backends/start/registry.ts'
import type { Case } from '../case.ts'
import { chunks, conformance } from '../cases.ts'
import { chunked, disagreements } from '../run.ts'
import { inWgsl } from '../wgsl.ts'

/** The table of cases in a page: what a page's runner asks for, one case at a time. */
export interface PageConformance {
  readonly cases: readonly string[]
  readonly chunks: readonly string[]
  readonly start: (backend: string) => Promise<BackendInfo>
  /** What the backend that was started gets wrong. */
  readonly disagreements: (name: string) => Promise<readonly string[]>
  /** Whether all steps in one call are, bit by bit, the steps one by one. */
  readonly sameInChunks: (name: string) => Promise<boolean>
}

declare global {
  interface Window {
    conformance: PageConformance
  }
}

let backend: Backend | undefined

const started = (): Backend => {
  if (backend === undefined) throw new Error('no backend is started')
  return backend
}

const named = (cases: readonly Case[], name: string): Case => {
  const found = cases.find((one) => one.name === name)
  if (found === undefined) throw new Error(`there is no case ${name}`)
  return found
}

window.conformance = {
  cases: conformance.map(({ name }) => name),
  chunks: chunks.map(({ name }) => name),
  start: async (name) => {
    const result = await startBackend(name)()
    if (E.isLeft(result)) throw new Error(`${result.left.message}. ${result.left.hint}`)
    backend = result.right
    return backend.info
  },
  disagreements: (name) => {
    const one = named(conformance, name)
    return disagreements(started(), started().info.device.includes('WebGPU') ? inWgsl(one) : one)
  },
  sameInChunks: async (name) => {
    const { together, alone } = await chunked(started(), named(chunks, name))
    return JSON.stringify(together) === JSON.stringify(alone)
  },
}

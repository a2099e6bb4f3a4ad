import { cpus } from 'node:os'
import * as E from '#fp-ts/Either'
import type { BackendInfo, StartBackend } from '../../src/backends/backend.ts'
import type { Adapter } from '../browser/chromium.ts'
import type { Case } from './case.ts'
import { chunks, conformance } from './cases.ts'
import { openPage } from './page/open.ts'
import { chunked, disagreements } from './run.ts'
import { inWgsl } from './wgsl.ts'

/** A backend that runs the table of cases, one case at a time, by name. */
export interface Runner {
  readonly info: BackendInfo
  /** What it runs in. */
  readonly environment: string
  /** What it gets wrong. */
  readonly disagreements: (name: string) => Promise<readonly string[]>
  /** Whether all steps in one call are, bit by bit, the steps one by one. */
  readonly sameInChunks: (name: string) => Promise<boolean>
  readonly close: () => Promise<void>
}

const machine = (): string => `${process.platform} ${process.arch}, ${cpus()[0]?.model ?? 'an unknown CPU'}`

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

/** In a page of Chromium. */
export const runInPage = async (backend: string, adapter: Adapter): Promise<Runner> => {
  const { page, info, close } = await openPage(backend, adapter)
  return {
    info,
    environment: `Chromium ${page.context().browser()?.version()}, ${machine()}`,
    disagreements: (name) => page.evaluate((one) => window.conformance.disagreements(one), name),
    sameInChunks: (name) => page.evaluate((one) => window.conformance.sameInChunks(one), name),
    close,
  }
}

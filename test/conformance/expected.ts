import type { BackendInfo } from '../../src/backends/core/backend.ts'

/** Cases that a backend is known to get wrong, by name, with the reason. */
export type ExpectedFailures = { readonly [name: string]: string }

const noNan = 'WGSL asks for no NaN, and SwiftShader makes none: https://www.w3.org/TR/WGSL/#floating-point-evaluation'

/** The same on WebGPU in software; a real graphics card need not get them wrong. */
const inSoftware: { readonly [backend: string]: ExpectedFailures } = {
  'onnx-webgpu': { 'log at the edges': noNan, 'log1p at the edges': noNan },
  'onnx-web': { 'log at the edges': noNan, 'log1p at the edges': noNan },
  // tfjs guards its log against numbers below 0, but not its log1p.
  'tfjs-webgpu': { 'log1p at the edges': noNan },
}

export const expectedFailures = ({ name, accelerator }: BackendInfo): ExpectedFailures =>
  accelerator === 'software gpu' ? (inSoftware[name] ?? {}) : {}

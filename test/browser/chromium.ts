import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { unpacked } from '../conformance/unpacked.ts'

/** Whether pages find a WebGPU adapter: SwiftShader's, which runs on the CPU, or none. */
export type Adapter = 'swiftshader' | 'none'

const webgpu: { readonly [A in Adapter]: readonly string[] } = {
  swiftshader: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  none: ['--disable-gpu', '--disable-features=WebGPU,WebGPUService'],
}

/** A real Chromium, without a window. */
export const launch = async (adapter: Adapter): Promise<Browser> => {
  const folder = await unpacked()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...webgpu[adapter]],
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_PATH: folder },
  })
}

import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { unpacked } from '../conformance/unpacked.ts'

/** The WebGPU adapter that pages find: SwiftShader's, which runs on the CPU; the machine's own; or none. */
export type Adapter = 'swiftshader' | 'own' | 'none'

const webgpu: { readonly [A in Adapter]: readonly string[] } = {
  swiftshader: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  own: ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'],
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

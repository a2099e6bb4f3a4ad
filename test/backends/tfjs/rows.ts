import type { Backend } from '../../../src/backends/core/backend.ts'
import { start as startCpu } from '../../../src/backends/tfjs/cpu.ts'
import { start as startWasm } from '../../../src/backends/tfjs/wasm.ts'
import { start as startWebgpu } from '../../../src/backends/tfjs/webgpu/node.ts'
import { useSwiftshader } from '../../conformance/swiftshader.ts'
import { succeed } from '../onnx/agreement.ts'

/** The rows of tfjs that npm's packages alone make, each started once. */
export const startRows = async (): Promise<readonly (readonly [string, Backend])[]> => {
  await useSwiftshader()
  const started = [await succeed(startCpu({})), await succeed(startWasm({})), await succeed(startWebgpu({}))]
  return started.map((backend) => [backend.info.name, backend])
}

import { describe } from 'vitest'
import { start as startWasm } from '../../../src/backends/onnx/wasm/node.ts'
import { keepsState } from '../storeLaws.ts'
import { backend, succeed } from './agreement.ts'

describe.each([
  ['onnx', await backend()],
  ['onnx-wasm', await succeed(startWasm({}))],
])('%s', (_, each) => keepsState(each))

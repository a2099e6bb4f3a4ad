import { start } from '../../src/backends/onnx/wasm/node.ts'
import { succeed } from '../backends/onnx/agreement.ts'
import { chunks, conformance } from './cases.ts'
import { chosen } from './chosen.ts'
import { conforms } from './suite.ts'

conforms(await succeed(start({ threads: 1 })), {
  cases: chosen(conformance),
  chunks: chosen(chunks),
  expectedFailures: {},
})

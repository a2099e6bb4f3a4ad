import { start } from '../../src/backends/onnx/webgpu.ts'
import { succeed } from '../backends/onnx/agreement.ts'
import { chunks, conformance } from './cases.ts'
import { chosen } from './chosen.ts'
import { expectedFailures } from './expected.ts'
import { conforms } from './suite.ts'
import { useSwiftshader } from './swiftshader.ts'
import { inWgsl } from './wgsl.ts'

await useSwiftshader()

const onnx = await succeed(start({}))

conforms(onnx, {
  cases: chosen(conformance).map(inWgsl),
  chunks: chosen(chunks),
  expectedFailures: expectedFailures(onnx.info),
})

import { start } from '../../src/backends/onnx/webgpu.ts'
import { succeed } from '../backends/onnx/agreement.ts'
import { chunks, conformance } from './cases.ts'
import { chosen } from './chosen.ts'
import { conforms } from './suite.ts'
import { swiftshaderFailures, useSwiftshader } from './swiftshader.ts'
import { inWgsl } from './wgsl.ts'

await useSwiftshader()

conforms(await succeed(start({})), {
  cases: chosen(conformance).map(inWgsl),
  chunks: chosen(chunks),
  expectedFailures: swiftshaderFailures,
})

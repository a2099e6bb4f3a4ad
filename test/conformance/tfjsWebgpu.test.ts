import { start } from '../../src/backends/tfjs/webgpu/node.ts'
import { succeed } from '../backends/onnx/agreement.ts'
import { chunks, conformance } from './cases.ts'
import { chosen } from './chosen.ts'
import { conforms } from './suite.ts'
import { useSwiftshader } from './swiftshader.ts'
import { inWgsl } from './wgsl.ts'

await useSwiftshader()

conforms(await succeed(start({})), {
  cases: chosen(conformance).map(inWgsl),
  chunks: chosen(chunks),
  // tfjs guards its log against numbers below 0, of which WGSL need not make NaN, but not its log1p.
  expectedFailures: { 'log1p at the edges': 'https://www.w3.org/TR/WGSL/#floating-point-evaluation' },
})

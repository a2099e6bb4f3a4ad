import { start } from '../../src/backends/tfjs/cpu.ts'
import { succeed } from '../backends/onnx/agreement.ts'
import { chunks, conformance } from './cases.ts'
import { chosen } from './chosen.ts'
import { conforms } from './suite.ts'

conforms(await succeed(start({})), { cases: chosen(conformance), chunks: chosen(chunks), expectedFailures: {} })

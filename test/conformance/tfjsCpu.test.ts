import { start } from '../../src/backends/tfjs/cpu.ts'
import { succeed } from '../backends/onnx/agreement.ts'
import { chunks, conformance } from './cases.ts'
import { chosen } from './chosen.ts'
import { conforms } from './suite.ts'

conforms(await succeed(start({})), {
  cases: chosen(conformance),
  // A step of mnist takes half a minute: its steps one by one are those of the table.
  chunks: chunks.filter(({ name }) => name !== 'example mnist'),
  expectedFailures: {},
})

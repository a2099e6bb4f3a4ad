import { test } from 'vitest'
import { start } from '../../src/backends/tfjs/node/gpu.ts'
import { succeed } from '../backends/onnx/agreement.ts'
import { isInstalled, notRun } from '../backends/tfjs-node/installed.ts'
import { chunks, conformance } from './cases.ts'
import { chosen } from './chosen.ts'
import { conforms } from './suite.ts'

if (isInstalled)
  conforms(await succeed(start({ threads: 1 })), {
    cases: chosen(conformance),
    chunks: chosen(chunks),
    expectedFailures: {},
  })
else test.skip(notRun)

import { start } from '../../../src/backends/reference/index.ts'
import { succeed } from '../onnx/agreement.ts'
import { keepsState } from '../storeLaws.ts'

keepsState(await succeed(start({})))

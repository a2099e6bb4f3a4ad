import { expect, test } from 'vitest'
import { start } from '../../../src/backends/tfjs/node/cpu.ts'
import { optimizerConformance } from '../../conformance/games.ts'
import { disagreements } from '../../conformance/run.ts'
import { succeed } from '../onnx/agreement.ts'
import { isInstalled, notRun } from './installed.ts'

/** It is the code of tfjs-node-gpu, which is tested in full: here only that it loads, and computes on the CPU. */
if (isInstalled)
  test('tfjs-node runs on the CPU', async () => {
    const backend = await succeed(start({ threads: 1 }))
    expect(backend.info).toEqual({
      name: 'tfjs-node',
      device: 'CPU, 1 thread',
      accelerator: 'none',
      version: '2.20.0',
    })
    for (const one of optimizerConformance.slice(0, 1)) expect(await disagreements(backend, one)).toEqual([])
  })
else test.skip(notRun)

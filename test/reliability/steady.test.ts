import { test } from 'vitest'
import { checkSteady, watch } from './steady.ts'

test('5,000 steps with checkpoints: memory, handles and files stay as they are', async () => {
  checkSteady(await watch(5000), 64e6)
})

import { test } from 'vitest'
import { checkSteady, watch } from '../reliability/steady.ts'

test(
  '200,000 steps in one process: memory, handles and files stay as they are',
  async () => {
    const seen = await watch(200_000)
    for (const { step, memory, handles, files } of seen)
      console.log(`step ${step}: ${(memory / 1e6).toFixed(0)} MB, ${handles} handles, ${files} files`)
    checkSteady(seen, 32e6)
  },
  60 * 60_000,
)

import { describe, expect, test } from 'vitest'
import { asTyped } from '../../src/cli/self.ts'

const texts = [
  'saddle backends install onnx',
  'backend onnx: onnxruntime-node is not installed\n  saddle backends remove onnx && saddle backends install onnx',
  'train needs a SPEC; `saddle init` writes one to start from',
]

describe.each([
  ['npx', 'npx saddle'],
  ['saddle', 'npm run saddle --'],
  [undefined, 'saddle'],
])('called as %s', (event, called) => {
  test.each(texts)('every command in %j begins as the user began', (text) => {
    const env = event === undefined ? {} : { npm_lifecycle_event: event }
    expect(asTyped(text, env)).toBe(text.replaceAll('saddle ', `${called} `))
  })
})

test('words that are no command stay', () => {
  const env = { npm_lifecycle_event: 'npx' }
  for (const text of ['a fault of saddle in words', 'runs/saddle train', 'The saddle point'])
    expect(asTyped(text, env)).toBe(text)
})

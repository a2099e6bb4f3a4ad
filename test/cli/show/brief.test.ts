import { expect, test } from 'vitest'
import { brief } from '../../../src/cli/show/brief.ts'

test('a message is told in a line, without the path of a file of ours', () => {
  expect(brief("loading x: Cannot find package 'x' imported from /a/b/c.js")).toBe("loading x: Cannot find package 'x'")
  expect(brief('\n one\ntwo\n')).toBe('one')
  expect(brief('imported from nowhere, it seems')).toBe('imported from nowhere, it seems')
  expect(brief('')).toBe('')
})

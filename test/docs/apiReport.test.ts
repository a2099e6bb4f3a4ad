import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { apiReport } from '../../scripts/reference/apiReport.ts'
import { publicNames, root } from '../../scripts/reference/publicNames.ts'

it('the API report states the public surface as it is: if you meant the change, run `npm run api` and commit the file', () => {
  expect(apiReport(publicNames())).toBe(readFileSync(`${root}api-report.md`, 'utf8'))
})

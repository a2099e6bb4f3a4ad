/** Writes `api-report.md`: `npm run api`. */
import { writeFileSync } from 'node:fs'
import { apiReport } from './reference/apiReport.ts'
import { publicNames, root } from './reference/publicNames.ts'

writeFileSync(`${root}api-report.md`, apiReport(publicNames()))

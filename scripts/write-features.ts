/** Writes `docs/features.md`: `npm run features`. */
import { writeFileSync } from 'node:fs'
import { features } from './reference/features.ts'
import { publicNames, root } from './reference/publicNames.ts'

writeFileSync(`${root}docs/features.md`, features(publicNames()))

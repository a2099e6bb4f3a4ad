import { describe } from 'vitest'
import { keepsState } from '../storeLaws.ts'
import { startRows } from './rows.ts'

describe.each(await startRows())('%s', (_, backend) => keepsState(backend))

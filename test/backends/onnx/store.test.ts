import { keepsState } from '../storeLaws.ts'
import { backend } from './agreement.ts'

keepsState(await backend())

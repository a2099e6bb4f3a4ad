import { dense } from 'saddlepoint'

Object.assign(globalThis, { dense })

import { losses } from 'saddlepoint'

Object.assign(globalThis, { loss: losses.hinge })

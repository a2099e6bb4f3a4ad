import * as losses from 'saddlepoint/losses'

Object.assign(globalThis, { loss: losses.hinge })

import { losses, penalties } from 'saddlepoint'
import { ringWith } from '../ringWith.ts'

Object.assign(globalThis, { game: ringWith(losses.hinge, penalties.r1({ weight: 0.1 })) })

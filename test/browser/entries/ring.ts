import * as losses from 'saddlepoint/losses'
import * as penalties from 'saddlepoint/penalties'
import { ringWith } from '../ringWith.ts'

Object.assign(globalThis, { game: ringWith(losses.hinge, penalties.r1({ weight: 0.1 })) })

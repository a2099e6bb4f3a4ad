import { train } from 'saddlepoint'
import { game } from './declare.ts'

export const run = train(game, { backend: 'onnx-web' })

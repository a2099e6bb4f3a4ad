import { compile } from 'saddlepoint'
import { game } from './declare.ts'

export const compiled = compile(game)

// Every kind of dynamics, by its `type`: one row each.

export { alternatingDefinition as alternating } from './alternating.ts'
export { competitiveDefinition as competitive } from './competitive.ts'
export { consensusDefinition as consensus } from './consensus.ts'
export { extragradientDefinition as extragradient } from './extragradient.ts'
export { lookaheadDefinition as lookahead } from './lookahead.ts'
export { pastExtragradientDefinition as pastExtragradient } from './pastExtragradient.ts'
export { simultaneousDefinition as simultaneous } from './simultaneous.ts'
export { symplecticDefinition as symplectic } from './symplectic.ts'
export { unrolledDefinition as unrolled } from './unrolled.ts'

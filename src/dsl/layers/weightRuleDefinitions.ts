// Every rule for weights, by its `type`: one row each.

export { equalisedDefinition as equalised } from './equalised.ts'
export { spectralNormDefinition as spectralNorm } from './spectralNorm.ts'
export { weightNormDefinition as weightNorm } from './weightNorm.ts'

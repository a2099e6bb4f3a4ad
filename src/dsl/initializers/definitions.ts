// Every kind of initialiser, by its `type`: one row each.

export { constantDefinition as constant } from './constant.ts'
export { glorotDefinition as glorot } from './glorot.ts'
export { heDefinition as he } from './he.ts'
export { normalDefinition as normal } from './normal.ts'
export { orthogonalDefinition as orthogonal } from './orthogonal.ts'
export { truncatedNormalDefinition as truncatedNormal } from './truncatedNormal.ts'
export { uniformDefinition as uniform } from './uniform.ts'
export { zerosDefinition as zeros } from './zeros.ts'

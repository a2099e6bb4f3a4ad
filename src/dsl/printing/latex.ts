import { binding, type Notation } from '../terms/notation.ts'
import type { Term } from '../terms/term.ts'
import { formula, leastNamed } from './formula.ts'

const greek = /^(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|phi|chi|psi|omega)$/
const standard = new Set(['log', 'exp', 'sin', 'cos', 'tanh', 'max', 'min'])

const escaped = (word: string): string => word.replace(/[_#$%&]/g, '\\$&')

const notation: Notation = {
  minus: '-',
  plus: '+',
  times: '\\cdot',
  greater: '>',
  gradient: '\\nabla',
  expectation: '\\mathbb{E}',
  stochastic: { uniform: 'u', normal: '\\varepsilon' },
  where: ', \\quad ',
  whereWord: '\\text{where } ',
  becomes: '\\leftarrow',
  symbol: (name) => (name.length === 1 ? name : greek.test(name) ? `\\${name}` : `\\mathrm{${escaped(name)}}`),
  operator: (name) => (standard.has(name) ? `\\${name}` : `\\operatorname{${escaped(name)}}`),
  sigmoid: '\\sigma',
  subscript: (base, index) => `${base}_{${index}}`,
  superscript: (base, exponent) => `${base}^{${exponent}}`,
  hat: (base) => `\\hat{${base}}`,
  prime: (base) => `${base}'`,
  transposed: (base) => `${base}^{\\top}`,
  parentheses: (inner) => `\\left(${inner}\\right)`,
  brackets: (inner) => `\\left[${inner}\\right]`,
  norm: (inner) => `\\left\\lVert ${inner} \\right\\rVert`,
  abs: (inner) => `\\left|${inner}\\right|`,
  floor: (inner) => `\\left\\lfloor ${inner} \\right\\rfloor`,
  fraction: (top, bottom) => ({ text: `\\frac{${top.text}}{${bottom.text}}`, binds: binding.power }),
  root: (of) => ({ text: `\\sqrt{${of.text}}`, binds: binding.atom }),
}

/**
 * A term as LaTeX (amsmath), without redundant parentheses. Long repeated subterms get a name, and are defined after the formula.
 *
 * @example
 * const V = add(E(log(D(x))), E(log(sub(1, D(fake)))))
 * latex(V.term) // \mathbb{E}\left[\log D(x)\right] + \mathbb{E}\left[\log\left(1 - D(G(z))\right)\right]
 */
export const latex = (term: Term): string => formula(notation, term, leastNamed)

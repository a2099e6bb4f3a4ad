import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sigmoid } from '../../../src/dsl/layers/pointwise.ts'
import { latex } from '../../../src/dsl/printing/latex.ts'
import { text } from '../../../src/dsl/printing/text.ts'
import { interpolate, noise } from '../../../src/dsl/terms/draw.ts'
import { add, div, exp, log, mul, neg, pow, sqrt, square, sub } from '../../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../../src/dsl/terms/expression.ts'
import { E, grad, norm, pair, sum } from '../../../src/dsl/terms/statistics.ts'
import type { Term } from '../../../src/dsl/terms/term.ts'
import { momentum } from '../../../src/optimizers/momentum.ts'
import { updateOf } from '../../../src/optimizers/optimizer.ts'
import { parse } from '../../laws/parse.ts'
import { scalarValue } from '../../laws/scalar.ts'
import { terms } from '../../laws/terms.ts'

type Vector = Expr<'sample', [2], never>
const sampled = (source: string, field = 'x', draw?: string): Vector => ({
  term: { op: 'sample', source, field, ...(draw === undefined ? {} : { draw }) },
})
const applied =
  (network: string) =>
  (...args: readonly Expr[]): Vector => ({
    term: { op: 'apply', network, inputs: Object.fromEntries(args.map((arg, i) => [`x${i}`, arg.term])) },
  })
const [D, G] = [applied('D'), applied('G')]
const [x, z] = [sampled('data'), sampled('latent')]
const d = (...args: readonly Expr[]): Expr<'sample', [], never> => sum(D(...args))
const point = interpolate(x, G(z))

const arithmetic: fc.Arbitrary<Term> = fc.letrec<{ readonly term: Term }>((tie) => {
  const term = tie('term')
  const leaf = fc.oneof(
    fc.record({ op: fc.constant('number'), value: fc.integer({ min: -9, max: 9 }).map((n) => n / 2) }),
    fc.record({ op: fc.constant('variable'), name: fc.constantFrom('a', 'b', 'c') }),
  )
  const unary = fc.record({ op: fc.constantFrom('neg', 'square', 'sqrt', 'log'), of: term })
  const binary = fc.record({ op: fc.constantFrom('add', 'sub', 'mul', 'div'), left: term, right: term })
  return { term: fc.oneof({ maxDepth: 5 }, leaf, unary, binary) }
}).term

describe('text', () => {
  it('means the same when it is read again', () => {
    const scope = { variables: { a: 0.7, b: 1.9, c: 3.1 }, slots: {} }
    fc.assert(
      fc.property(arithmetic, (term) => {
        const meant = scalarValue(term, scope)
        const read = parse(text(term), scope.variables)
        if (Number.isFinite(meant)) expect(Math.abs(read - meant)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(meant)))
      }),
      { numRuns: 2000 },
    )
  })

  it.each<readonly [Expr, string]>([
    [add(E(log(d(x))), E(log(sub(1, d(G(z)))))), '𝔼[log sum(D(x))] + 𝔼[log(1 − sum(D(G(z))))]'],
    [E(square(sub(norm(grad(d(x), x)), 1))), '𝔼[(‖∇ₓ sum(D(x))‖ − 1)²]'],
    [norm(grad(d(point), point)), '‖∇ₓ̂ sum(D(x̂))‖, x̂ = x + u_interpolation · (G(z) − x)'],
    [E(E(norm(sub(x, pair(x))))), '𝔼[𝔼[‖x − x′‖]]'],
    [neg(E(log(sigmoid(d(x, sampled('data', 'label')))))), '−𝔼[log σ(sum(D(x, y)))]'],
    [mul(mul(2, log(x)), x), '(2 · log x) · x'],
    [sub(x, sub(z, 1e-8)), 'x − (z − 10⁻⁸)'],
    [add(x, mul(-2, neg(z))), 'x + (−2) · (−z)'],
    [div(add(x, 1), mul(x, z)), '(x + 1) / (x · z)'],
    [sampled('latent', 'x', 'mixing'), 'z_mixing'],
    [sampled('real'), 'x_real'],
    [add(noise('normal', [2], 'e'), 1), 'εₑ + 1'],
    [pow(x, 3), 'x³'],
    [sqrt(add(sum(square(x)), 1)), '√(‖x‖² + 1)'],
    [square(exp(add(x, 1))), '(exp(x + 1))²'],
    [mul(1 - 0.9, x), '0.1 · x'],
  ])('%# reads well', (expr, expected) => {
    expect(text(expr.term)).toBe(expected)
  })

  it('says how slots change', () => {
    expect(text(updateOf(momentum({ lr: 0.1 })))).toBe('parameter − 0.1 · (0.9 · v + gradient), v ← 0.9 · v + gradient')
  })
})

describe('latex', () => {
  it.each<readonly [Expr, string]>([
    [
      add(E(log(d(x))), E(log(sub(1, d(G(z)))))),
      '\\mathbb{E}\\left[\\log \\operatorname{sum}(D(x))\\right] + ' +
        '\\mathbb{E}\\left[\\log\\left(1 - \\operatorname{sum}(D(G(z)))\\right)\\right]',
    ],
    [
      norm(grad(d(point), point)),
      '\\left\\lVert \\nabla_{\\hat{x}} \\operatorname{sum}(D(\\hat{x})) \\right\\rVert, \\quad \\hat{x} = x + u_{\\mathrm{interpolation}} \\cdot \\left(G(z) - x\\right)',
    ],
    [div(add(x, 1), square(z)), '\\frac{x + 1}{z^{2}}'],
    [{ term: { op: 'variable', name: 'theta' } }, '\\theta'],
    [{ term: { op: 'variable', name: 'a_b' } }, '\\mathrm{a\\_b}'],
  ])('%# is as in a paper', (expr, expected) => {
    expect(latex(expr.term)).toBe(expected)
  })

  it('balances its braces and its \\left and \\right, for every term', () => {
    fc.assert(
      fc.property(terms, (term) => {
        const written = latex(term)
        const count = (pattern: RegExp) => written.match(pattern)?.length ?? 0
        expect(count(/\{/g)).toBe(count(/\}/g))
        expect(count(/\\left(?![a-z])/g)).toBe(count(/\\right(?![a-z])/g))
        expect(text(term)).not.toMatch(/undefined|NaN|\[object/)
      }),
    )
  })
})

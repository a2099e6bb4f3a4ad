type Variables = { readonly [name: string]: number }

/**
 * The value of a formula in plain text: sums of products of powers, numbers, variables, log and roots, read with the
 * customary precedence. A function without parentheses takes the one thing that follows.
 */
export const parse = (formula: string, variables: Variables): number => {
  const tokens = [...(formula.match(/\d+(?:\.\d+)?|[a-z]+|\S/g) ?? [])]
  const take = (...wanted: readonly string[]): string | undefined =>
    tokens[0] !== undefined && wanted.includes(tokens[0]) ? tokens.shift() : undefined

  const sum = (): number => {
    let total = take('−') ? -product() : product()
    for (let sign = take('+', '−'); sign !== undefined; sign = take('+', '−'))
      total += sign === '+' ? product() : -product()
    return total
  }
  const product = (): number => {
    let total = factor()
    for (let sign = take('·', '/'); sign !== undefined; sign = take('·', '/'))
      total = sign === '·' ? total * factor() : total / factor()
    return total
  }
  const factor = (): number => {
    if (take('log')) return Math.log(single())
    if (take('√')) return Math.sqrt(single())
    const base = single()
    return take('²') ? base ** 2 : base
  }
  const single = (): number => {
    if (take('(')) {
      const inner = sum()
      if (!take(')')) throw new Error(`a parenthesis is open in ${formula}`)
      return inner
    }
    const token = tokens.shift() ?? ''
    const value = variables[token] ?? Number(token || NaN)
    if (Number.isNaN(value)) throw new Error(`${token} in ${formula} is no number`)
    return value
  }

  const value = sum()
  if (tokens.length > 0) throw new Error(`${tokens.join(' ')} is left of ${formula}`)
  return value
}

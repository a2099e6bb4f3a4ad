/** JSON of plain data that keeps NaN, the infinities and -0 distinct from each other, null and 0. Equal keys mean equal data. */
export const keyOf = (data: unknown): string => JSON.stringify(data, exactNumber)

const exactNumber = (_: string, value: unknown): unknown => {
  if (typeof value !== 'number') return value
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}

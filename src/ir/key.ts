/** JSON of plain data, in which NaN, the infinities and -0 differ from one another and from null and 0: equal texts mean equal data. */
export const keyOf = (data: unknown): string => JSON.stringify(data, exactNumber)

const exactNumber = (_: string, value: unknown): unknown => {
  if (typeof value !== 'number') return value
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}

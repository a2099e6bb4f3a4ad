import { colour, sharp } from './picture.ts'

export type Costs = { readonly [player: string]: readonly number[] }

/** One number for each column of pixels: the mean of the steps that fall there. */
const columns = (values: readonly number[], count: number): readonly number[] => {
  const width = Math.max(1, values.length / count)
  return Array.from({ length: Math.ceil(values.length / width) }, (_, column) => {
    const part = values.slice(
      Math.floor(column * width),
      Math.max(Math.floor((column + 1) * width), Math.floor(column * width) + 1),
    )
    return part.reduce((sum, value) => sum + value, 0) / part.length
  })
}

const margin = { left: 34, right: 8, top: 8, bottom: 22 }

/** What each player minimised, over the steps so far, and dashed what it would in the end. Colours are named after players. */
export const drawCurves = (
  canvas: HTMLCanvasElement,
  costs: Costs,
  ends: { readonly [player: string]: number },
): void => {
  const context = sharp(canvas)
  const { width, height } = canvas.getBoundingClientRect()
  const across = width - margin.left - margin.right
  const down = height - margin.top - margin.bottom
  const lines = Object.entries(costs).map(([player, values]) => ({ player, values: columns(values, across) }))
  const steps = Math.max(0, ...Object.values(costs).map(({ length }) => length))
  const top = Math.max(1.5, Math.ceil(2 * Math.max(0, ...lines.flatMap(({ values }) => values))) / 2)
  const y = (cost: number): number => margin.top + down * (1 - Math.max(0, cost) / top)

  context.font = '11px system-ui, sans-serif'
  context.fillStyle = colour('quiet')
  context.strokeStyle = colour('line')
  context.textBaseline = 'middle'
  for (const cost of [0, top / 2, top]) {
    context.beginPath()
    context.moveTo(margin.left, y(cost))
    context.lineTo(width - margin.right, y(cost))
    context.stroke()
    context.textAlign = 'right'
    context.fillText(String(Number(cost.toFixed(2))), margin.left - 6, y(cost))
  }
  context.textAlign = 'left'
  context.fillText('0', margin.left, height - 8)
  context.textAlign = 'right'
  context.fillText(`${steps.toLocaleString()} steps`, width - margin.right, height - 8)

  context.setLineDash([2, 4])
  for (const [player, cost] of Object.entries(ends)) {
    context.beginPath()
    context.strokeStyle = colour(player)
    context.moveTo(margin.left, y(cost))
    context.lineTo(width - margin.right, y(cost))
    context.stroke()
  }
  context.setLineDash([])

  for (const { player, values } of lines) {
    context.beginPath()
    context.strokeStyle = colour(player)
    context.lineWidth = 1.5
    context.lineJoin = 'round'
    for (const [column, cost] of values.entries())
      context.lineTo(margin.left + (across * column) / Math.max(1, values.length - 1), y(cost))
    context.stroke()
  }
}

import { modes, radius, std } from './game.ts'

/** Draws on a canvas as sharp as the screen is; sizes are in the page's pixels. */
export const sharp = (canvas: HTMLCanvasElement): CanvasRenderingContext2D => {
  const { width, height } = canvas.getBoundingClientRect()
  canvas.width = Math.round(width * devicePixelRatio)
  canvas.height = Math.round(height * devicePixelRatio)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws on no canvas')
  context.scale(devicePixelRatio, devicePixelRatio)
  return context
}

/** A colour of the page's style sheet. */
export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`)

/** Coordinates from -reach to reach fill the canvas. */
const reach = 2.7

const centres = Array.from({ length: modes }, (_, mode) => {
  const angle = (2 * Math.PI * mode) / modes
  return [radius * Math.cos(angle), radius * Math.sin(angle)] as const
})

/** The data as discs of three standard deviations, and the generator's points. */
export const drawPicture = (canvas: HTMLCanvasElement, points: Float32Array): void => {
  const context = sharp(canvas)
  const size = canvas.getBoundingClientRect().width
  const place = (x: number): number => (size * (x + reach)) / (2 * reach)
  const disc = (x: number, y: number, r: number): void => {
    context.beginPath()
    context.arc(place(x), place(-y), r, 0, 2 * Math.PI)
    context.fill()
  }
  context.fillStyle = colour('data')
  for (const [x, y] of centres) disc(x, y, 6 + (size * 3 * std) / (2 * reach))
  context.fillStyle = colour('generator')
  context.globalAlpha = 0.55
  for (let i = 0; i + 1 < points.length; i += 2) disc(points[i] ?? 0, points[i + 1] ?? 0, 1.6)
}

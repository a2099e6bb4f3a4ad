import type { Canvas, Paint, Point } from './canvas.ts'

/**
 * Letters as strokes on a grid that is 4 wide. Capitals start at 0, small letters at 3; the baseline is at 8, and descenders reach
 * 10. A stroke is a list of points, each a hexadecimal digit for x and one for y. Has only the letters that labels need.
 */
const glyphs: { readonly [letter: string]: string } = {
  '0': '20 10 02 06 18 28 38 46 42 30 20',
  '1': '02 20 28',
  '2': '02 11 20 30 41 43 08 48',
  '3': '00 40 23 33 44 47 38 18 07',
  '4': '38 30 06 46',
  '5': '40 10 03 23 34 45 46 37 28 18 07',
  '6': '40 20 02 06 18 28 38 46 44 33 13 04',
  '7': '00 40 18',
  '8': '20 10 01 02 13 33 44 47 38 18 07 04 13|33 42 41 30 20',
  '9': '08 28 46 41 30 10 01 03 14 34 43',
  '.': '18 18',
  '-': '04 44',
  '(': '30 12 16 38',
  ')': '10 32 36 18',
  D: '00 08 28 46 42 20 00',
  a: '43 48|44 33 13 04 07 18 38 47',
  d: '40 48|44 33 13 04 07 18 38 47',
  e: '06 46 44 33 13 04 07 18 38 47',
  g: '43 49 3a 1a|44 33 13 04 07 18 38 47',
  l: '20 28',
  n: '03 08|04 23 33 44 48',
  r: '03 08|05 13 33',
  s: '44 33 13 04 15 35 46 47 38 18 07',
  c: '44 33 13 04 07 18 38 47',
  o: '13 04 07 18 38 47 44 33 13',
  t: '11 17 28 38|03 33',
  x: '03 48|43 08',
}

/** The gap between two letters, in grid units. An unknown letter or a space is as wide as `blank`. */
const gap = 1.8
const blank = 2

interface Letter {
  readonly strokes: readonly (readonly Point[])[]
  readonly width: number
}

/** A letter's strokes, relative to its left end. */
const letterOf = (letter: string): Letter => {
  const strokes = (glyphs[letter] ?? '').split('|').map((stroke) =>
    stroke
      .split(' ')
      .filter((digits) => digits !== '')
      .map((digits): Point => [Number.parseInt(digits.charAt(0), 16), Number.parseInt(digits.charAt(1), 16)]),
  )
  const columns = strokes.flatMap((stroke) => stroke.map(([x]) => x))
  if (columns.length === 0) return { strokes: [], width: blank }
  const left = Math.min(...columns)
  return {
    strokes: strokes.map((stroke) => stroke.map(([x, y]): Point => [x - left, y])),
    width: Math.max(...columns) - left,
  }
}

/**
 * Writes a text, `height` pixels high, from its left end and the middle of its capitals. Returns its right end.
 */
export const write = (canvas: Canvas, text: string, [left, middle]: Point, height: number, paint: Paint): number => {
  const unit = height / 8
  return [...text].map(letterOf).reduce((x, { strokes, width }) => {
    for (const stroke of strokes)
      canvas.line(
        stroke.map(([column, row]): Point => [x + column * unit, middle + (row - 4) * unit]),
        Math.max(1.2, 1.1 * unit),
        paint,
      )
    return x + (width + gap) * unit
  }, left)
}

import { encode } from 'fast-png'
import type { Image } from './image.ts'

/**
 * A PNG file of 8 bits per channel.
 *
 * @example writeFileSync('black.png', encodePng({ width: 8, height: 8, channels: 1, data: new Uint8Array(64) }))
 */
export const encodePng = (image: Image): Uint8Array => encode({ ...image, depth: 8 })

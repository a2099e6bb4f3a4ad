import { encode } from 'fast-png'
import type { Image } from './image.ts'

/** A PNG file of 8 bits per channel. */
export const encodePng = (image: Image): Uint8Array => encode({ ...image, depth: 8 })

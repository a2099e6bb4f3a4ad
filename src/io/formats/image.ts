/** Pixels of 0 to 255, row after row from the top: grey for one channel, red, green and blue for three. */
export interface Image {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  /** `height * width * channels` numbers. */
  readonly data: Uint8Array
}

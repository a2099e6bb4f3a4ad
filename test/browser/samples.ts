import { generate, loadCheckpoint, showError } from 'saddlepoint'
import { type Game, games } from './games.ts'

/** Five samples of a game from the bytes of a checkpoint, or why there are none. */
export const samplesOf = async (
  game: Game,
  backend: string,
  checkpoint: readonly number[],
): Promise<readonly number[] | string> => {
  const loaded = await loadCheckpoint(Uint8Array.from(checkpoint))()
  if (loaded._tag === 'Left') return showError(loaded.left)
  const { state } = loaded.right
  const samples = await generate({ game: games[game], state }, { backend, count: 5 })()
  return samples._tag === 'Left' ? showError(samples.left) : Array.from(samples.right.values)
}

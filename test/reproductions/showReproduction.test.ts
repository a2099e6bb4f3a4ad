import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diracGan } from '../../src/reproductions/diracGan.ts'
import { fewLabels } from '../../src/reproductions/fewLabels.ts'
import { pacganRing } from '../../src/reproductions/pacgan.ts'
import { showReproduction } from '../../src/reproductions/showReproduction.ts'
import type { Trial } from '../../src/reproductions/trial.ts'

const trial = (row: string, seed: number, steps: number, values: Trial['values']): Trial => ({
  row,
  seed,
  steps,
  spec: '',
  values,
  seconds: 90,
  saddlepoint: '0',
  platform: 'linux-x64',
  backend: { name: 'onnx', version: '1', device: 'CPU' },
})

const cells = (shown: string, start: string): readonly (readonly string[])[] =>
  shown
    .split('\n')
    .filter((line) => line.startsWith(`| ${start} `))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

it("shows the paper's numbers, and under them ours with steps and trials", () => {
  const values = (modes: number) => ({ modes, highQuality: 0.9, reverseKl: 0.5 })
  const shown = showReproduction(pacganRing, [
    trial('GAN', 1, 40_000, values(6)),
    trial('GAN', 2, 40_000, values(8)),
    trial('GAN', 1, 400_000, values(7)),
    { ...trial('PacGAN2', 1, 40_000, {}), diverged: 'NaN at step 3' },
  ])
  expect(cells(shown, 'GAN,')).toEqual([
    ['GAN, paper', '400,000', '10', '6.3 ± 0.5', '98.2 ± 0.2 %', '0.45 ± 0.09', ''],
    ['GAN, ours', '40,000', '2', '7.0 ± 1.0', '90.0 ± 0.0 %', '0.50 ± 0.00', '90.0 s'],
    ['GAN, ours', '400,000', '1', '7.0', '90.0 %', '0.50', '90.0 s'],
  ])
  expect(cells(shown, 'PacGAN2,')[1]).toEqual(['PacGAN2, ours', '40,000', '1, 1 ended in NaN', '', '', '', '90.0 s'])
  expect(cells(shown, 'PacGAN3,')).toHaveLength(1)
  for (const setting of pacganRing.settings) expect(shown).toContain(`\n- ${setting}\n`)
})

it('says that something holds only where it does in every trial', () => {
  const row = diracGan.rows[0]?.name ?? ''
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 0.1, noNaN: true }), { minLength: 1, maxLength: 5 }), (distances) => {
      const shown = showReproduction(
        diracGan,
        distances.map((distance, i) => trial(row, i, 500, { distance })),
      )
      const verdict = cells(shown, `${row},`)[1]?.[3] ?? ''
      expect(verdict.startsWith('converges')).toBe(distances.every((distance) => distance < 0.05))
    }),
  )
})

it('shows ours alone where there is no paper', () => {
  const shown = showReproduction(fewLabels, [trial('real images', 1, 600, { accuracy: 0.75 })])
  expect(cells(shown, 'real images,')).toEqual([['real images, ours', '600', '1', '75.00 %', '90.0 s']])
  expect(shown).not.toContain("paper's")
})

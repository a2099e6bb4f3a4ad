import { describe, test } from 'vitest'
import { casesOf, expectPyTorchs } from './oneLayer.ts'

describe('a layer’s results and its derivatives of first and second order are PyTorch’s', () => {
  test.each(casesOf('weightsAndNorms'))('%s', (_, one) => {
    expectPyTorchs(one)
  })
})

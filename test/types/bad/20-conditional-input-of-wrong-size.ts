// expect: C takes [10], but this is [16]
import { concat, dense, input, network, pipe, sample } from 'saddlepoint'
import { latent } from '../ring.ts'

const C = network('C', pipe(concat(input([16], 'z'), input([10], 'label')), dense(2)))
export default C({
  z: sample(latent),
  label: sample(latent), // <--
})

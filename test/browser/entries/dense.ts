export { dense } from 'saddlepoint'

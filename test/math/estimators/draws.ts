import { samplesFrom, type Samples } from '../../../src/math/estimators/sample.ts'
import { gaussian } from '../../../src/math/random/gaussian.ts'
import { rng } from '../../../src/math/random/rng.ts'

/** n pairs of standard Gaussians of correlation rho, one column each. */
export function gaussianPairs(seed: number, n: number, rho: number): { X: Samples; Y: Samples } {
  const draw = rng(seed)
  const x = Array.from({ length: n }, () => [gaussian(draw)])
  const y = x.map(([value]) => [rho * value! + Math.sqrt(1 - rho ** 2) * gaussian(draw)])
  return { X: samplesFrom('X', x), Y: samplesFrom('Y', y) }
}

import { describe, expect, it } from 'vitest'
import { clusterGains, type ClusterGain } from '../../../src/math/informationBottleneck/clusterGains.ts'
import { criticalBetas } from '../../../src/math/informationBottleneck/criticalBetas.ts'
import { ibCurve, type IbPoint } from '../../../src/math/informationBottleneck/ibCurve.ts'
import { jointFrom, type Joint } from '../../../src/math/informationBottleneck/joint.ts'
import { fromRows } from '../../../src/math/linalg/matrix.ts'
import { rng } from '../../../src/math/random/rng.ts'
import { independent } from './joints.ts'

const gainsOf = (joint: Joint, highest: number, points: readonly IbPoint[] = []): ClusterGain[] =>
  [...clusterGains(joint, points, highest, rng(1))].flatMap(({ gain }) => gain ?? [])

/** Two blocks of two: inside each, the difference of the pair is known with the contrast given. */
const blocks = (first: number, second: number): Joint => {
  const pair = (contrast: number) => [0.1125 + contrast, 0.1125 - contrast] as const
  const [[a, b], [c, d]] = [pair(first), pair(second)]
  return jointFrom(
    fromRows([
      [a, b, 0.0125, 0.0125],
      [b, a, 0.0125, 0.0125],
      [0.0125, 0.0125, c, d],
      [0.0125, 0.0125, d, c],
    ]),
  )
}
/** β of the split of a hard block: 1 / σ², σ² = Σ_y (difference of its two p(y|x) / 2)² / p(y|block). */
const hardSplit = (contrast: number) => 1 / ((2 * (4 * contrast) ** 2) / 0.45)

/** Rows of a random joint from weights that fall off fast, so that some are near 0. */
function randomJoint(seed: number): Joint {
  const draw = rng(seed)
  return jointFrom(fromRows(Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => draw() ** 3 + 1e-3))))
}

describe('where the best encoder gains clusters', () => {
  it('is where the hard blocks split, within 0.1 % where they are soft, though the two are 1.6 % apart', () => {
    const found = gainsOf(blocks(0.06, 0.0605), 20)
    expect(found.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ])
    // 1 / 0.8²: the block alone is a bit flipped one time in ten.
    expect(Math.abs(found[0]!.beta - 1.5625)).toBeLessThan(1e-6)
    expect(Math.abs(found[1]!.beta / hardSplit(0.0605) - 1)).toBeLessThan(1e-3)
    expect(Math.abs(found[2]!.beta / hardSplit(0.06) - 1)).toBeLessThan(1e-3)
  })

  it('is one β for two blocks that are alike: from two clusters to four', () => {
    expect(gainsOf(blocks(0.06, 0.06), 20).map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [2, 4],
    ])
  })

  it('is ln(1 / 0.3) / ln(1 / 0.65) for a joint whose first value of x alone is worth a cluster, not 1 / σ² = 4.33', () => {
    const joint = jointFrom(
      fromRows([
        [0.3, 0],
        [0.35, 0.35],
      ]),
    )
    const found = gainsOf(joint, 20)
    expect(found).toHaveLength(1)
    expect(Math.abs(found[0]!.beta - Math.log(1 / 0.3) / Math.log(1 / 0.65))).toBeLessThan(1e-9)
    expect(criticalBetas(joint, 20)[0]).toBeCloseTo(13 / 3, 9)
  })

  it(
    'agrees with the clusters of the curve searched anew at each β, for ten random joints',
    { timeout: 60_000 },
    () => {
      for (let seed = 0; seed < 10; seed++) {
        const joint = randomJoint(seed)
        const betas = Array.from({ length: 30 }, (_, k) => 1.05 * 1.13 ** k)
        const points = [...ibCurve(joint, betas, rng(seed + 100))]
        // Without the points, so that nothing of the search is shared.
        const found = gainsOf(joint, betas.at(-1)!)
        const misses = points.filter(({ beta, clusters }) => {
          const near = found.some((gain) => Math.abs(gain.beta / beta - 1) < 2e-3)
          return !near && (found.findLast((gain) => gain.beta < beta)?.to ?? 1) !== clusters
        })
        expect(misses.map(({ beta, clusters }) => [seed, beta, clusters])).toEqual([])
      }
    },
  )

  it('is nowhere for independent variables', () => {
    expect(gainsOf(independent, 100)).toEqual([])
  })
})

describe('critical βs of local stability', () => {
  it('list both of two splits that lie 1.6 % apart, near 1 / σ² of the hard blocks', () => {
    const found = criticalBetas(blocks(0.06, 0.0605), 20)
    expect(found).toHaveLength(3)
    expect(Math.abs(found[1]! / hardSplit(0.0605) - 1)).toBeLessThan(1e-3)
    expect(Math.abs(found[2]! / hardSplit(0.06) - 1)).toBeLessThan(1e-3)
  })
})

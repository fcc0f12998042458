import { describe as suite, expect, it } from 'vitest'
import { portableNormals } from '../../src/math/bottleneck/portableNormals.ts'
import { logProbabilities } from '../../src/math/bottleneck/views.ts'
import { sliceRows } from '../../src/math/linalg/matrix.ts'
import { multiply, multiplyTransposed, norm } from '../../src/math/linalg/products.ts'
import { thinSvd } from '../../src/math/linalg/thinSvd.ts'
import { describe } from '../../src/panels/rank/describe.ts'
import { defaults } from '../../src/panels/rank/experiment.ts'
import { rankOf } from './rankMatrices.ts'

// The panel's default model, made once more.
const a = logProbabilities(
  multiplyTransposed(portableNormals(1011, 96, 24), portableNormals(1010, 256, 24, 1 / Math.sqrt(24))),
)
const { vt } = thinSvd(a)

suite('what r directions leave', () => {
  it.each([1, 10, 24])('for r = %d is what projection on as many right vectors leaves', async (directions) => {
    const { values, sentence } = await rankOf({ view: 'log-probabilities', directions })
    const b = sliceRows(vt, 0, directions)
    const kept = multiply(multiplyTransposed(a, b), b)
    const left = norm(a.values.map((x, i) => x - kept.values[i]!))
    expect(Number(values['left']) / left).toBeCloseTo(1, 9)
    expect(Number(values['leftShare']) / (left / norm(a.values))).toBeCloseTo(1, 9)
    expect(sentence).toMatch(new RegExp(` ${directions} directions? leaves? [\\d.]+, [\\d.]+ % of it\\.$`))
  })

  it('of the found rank is rounding alone, and goes unsaid', async () => {
    const { values, sentence } = await rankOf({ view: 'log-probabilities' })
    expect(values['directions']).toBe(25)
    expect(values['leftShare']).toBeLessThan(1e-14)
    expect(sentence).not.toContain('leave')
  })

  it('of outputs to 2 decimals is within 5 % of what errors uniform in a step would leave', async () => {
    const { values } = await rankOf({ view: 'log-probabilities', precision: '2-decimals' })
    expect(values['directions']).toBe(25)
    const ofErrors = (0.01 / Math.sqrt(12)) * Math.sqrt((96 - 25) * (256 - 25))
    expect(values['leftByErrors']).toBeCloseTo(ofErrors, 12)
    expect(Math.abs(Number(values['left']) / ofErrors - 1)).toBeLessThan(0.05)
  })

  it('is looked up anew for another r, without another spectrum, and is 0 beyond the last', async () => {
    const result = await rankOf({ view: 'log-probabilities' })
    const alone = await rankOf({ view: 'log-probabilities', directions: 7 })
    expect(describe({ ...defaults, directions: 7 }, result).values).toEqual(alone.values)
    expect(describe({ ...defaults, directions: 4000 }, result).values['left']).toBe(0)
  })
})

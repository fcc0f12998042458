import { expect, it } from 'vitest'
import { run } from './ibCurve.ts'

/** The best T leaves nothing behind at β = 5.07, where x1, which is rare, gets a cluster; the balance is lost at 7.5. */
const jump = [
  [1, 0],
  [20, 20],
  [1, 5],
]

it('says of a joint whose best T jumps where it does, and starts its βs below', async () => {
  const result = await run({ joint: jump })
  const [first] = result.criticalBetas
  expect(result.onset).toBeLessThan(0.9 * first!)
  for (const { beta, I_XT } of result.points) expect(I_XT > 1e-9).toBe(beta > result.onset)
  expect(result.points[0].beta).toBeLessThan(result.onset)
  // D(r ‖ p(x)) / D(r W ‖ p(y)) of x1 alone, whose y is y1: p(x1) = 1 / 47, p(y1) = 22 / 47.
  expect(result.onset).toBeLessThanOrEqual(Math.log(47) / Math.log(47 / 22) + 1e-12)
  expect(result.sentence).toContain(`below β = ${Number(result.onset.toPrecision(5))} it is best to keep nothing`)
  expect(result.values['onset']).toBe(result.onset)
  expect(result.gains[0]).toMatchObject({ beta: result.onset, from: 1 })
})

it('marks 1.5625 alone of the hierarchy up to β = 2, and nothing of independent variables', async () => {
  const two = await run({ betas: [2] })
  expect(two.gains).toEqual([{ beta: expect.closeTo(1.5625, 9), from: 1, to: 2 }])
  const none = await run({
    joint: [
      [1, 2],
      [2, 4],
    ],
    betas: [2],
  })
  expect(none.gains).toEqual([])
})

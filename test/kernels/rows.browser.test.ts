import { describe, expect, it } from 'vitest'
import { useGpu } from '../support/gpu.ts'
import { misses } from './compare.ts'
import { awkwardRows, cases, gaussians, nameOf, plans, seedsFor, shapesFor } from './rowCases.ts'

const gpu = useGpu()

// Every kernel at every plan that the tuning may choose: a reduction that is wrong at one size of workgroup shows only there.
describe.each(plans.map((plan) => [nameOf(plan), plan] as const))('%s', (_, plan) => {
  it.each(cases.map((each) => [each.id, JSON.stringify(each.params), each] as const))(
    '%s %s agrees with float64 on ties, masks, towers and wide spreads, forward and vjp',
    async (id, _params, { params, y, vjp }) => {
      for (const direction of ['forward', 'vjp'] as const)
        for (const [rows, cols] of shapesFor(plan, direction))
          for (const seed of seedsFor(plan)) {
            const cotangent = gaussians(rows * cols, 99)
            const run = { id, direction, params, plan, rows, cols, cotangent, ...awkwardRows(rows, cols, seed) }
            expect(await misses(gpu().backend, run, direction === 'forward' ? y : vjp)).toEqual([])
          }
    },
  )
})

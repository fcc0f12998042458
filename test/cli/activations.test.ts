import { describe, expect, it } from 'vitest'
import { softscope } from './softscope.ts'

interface Output {
  readonly panel: string
  readonly experiment: { readonly logits: readonly number[] }
  readonly results: { readonly variants: readonly { readonly id: string; readonly weights: readonly number[] }[] }
}

describe('softscope run activations, as built', { timeout: 30_000 }, () => {
  it('gives softmax and sparsemax of [ln 6, ln 3, ln 1], softmax by hand 0.6, 0.3, 0.1', async () => {
    const experiment = `logits: [${Math.log(6)}, ${Math.log(3)}, 0]\nvariants: [softmax, sparsemax]\n`
    const { status, stdout, stderr } = await softscope(['run', 'activations', '--experiment', '-'], experiment)
    expect([status, stderr]).toEqual([0, expect.stringMatching(/activations: done in/)])
    const { panel, results } = JSON.parse(stdout) as Output
    expect(panel).toBe('activations')
    const [softmax, sparsemax] = results.variants
    const near = (value: number): unknown => expect.closeTo(value, 14)
    expect(softmax).toMatchObject({ id: 'softmax', weights: [near(0.6), near(0.3), near(0.1)] })
    // The gap of ln 2 is below 1, that of ln 6 above: two keep (1 ± ln 2) / 2.
    expect(sparsemax).toMatchObject({ weights: [near((1 + Math.LN2) / 2), near((1 - Math.LN2) / 2), 0] })
  })

  it('writes an experiment that gives the same output when it is run again', async () => {
    const first = await softscope(['run', 'activations'])
    const { experiment } = JSON.parse(first.stdout) as Output
    const again = await softscope(['run', 'activations', '--experiment', '-'], JSON.stringify(experiment))
    expect(again.status).toBe(0)
    expect(again.stdout).toBe(first.stdout)
  })

  it('names the variants there are for one that does not exist, and exits with 2', async () => {
    const { status, stdout, stderr } = await softscope(
      ['run', 'activations', '--experiment', '-'],
      'variants: [sotfmax]',
    )
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('"sotfmax"')
    expect(stderr).toContain('sparsemax')
  })
})

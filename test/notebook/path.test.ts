import { describe, expect, it } from 'vitest'
import { parseReference, valueAt, withValueAt } from '../../src/notebook/path.ts'

const experiment = { seed: 7, variants: [{ id: 'softmax' }, { id: 'entmax', params: { alpha: 1.5 } }], row: [3, 4] }

describe('a reference', () => {
  it('is a panel and the steps behind it', () => {
    expect(parseReference(' bars.variants.entmax ')).toEqual({ panel: 'bars', steps: ['variants', 'entmax'] })
  })

  it('finds an element of a list by its id, and by its index', () => {
    expect(valueAt(experiment, ['variants', 'entmax', 'params', 'alpha'], '#bars')).toEqual({ value: 1.5 })
    expect(valueAt(experiment, ['variants', '1', 'params', 'alpha'], '#bars')).toEqual({ value: 1.5 })
    expect(valueAt(experiment, ['row', '1'], '#bars')).toEqual({ value: 4 })
  })

  it('says what is missing, where, and what there is', () => {
    const missing = (...steps: string[]) => {
      const found = valueAt(experiment, steps, '#bars')
      return 'missing' in found ? found.missing : null
    }
    expect(missing('sede')).toBe('#bars has no “sede”; it has seed, variants, row.')
    expect(missing('variants', 'topk')).toBe('#bars.variants has no “topk”; it has softmax, entmax.')
    expect(missing('row', '2')).toBe('#bars.row has no “2”; it has 2 entries, from 0.')
    expect(missing('seed', 'x')).toBe('#bars.seed has no “x”: it is 7.')
  })

  it('reaches nothing that an object merely inherits', () => {
    for (const step of ['constructor', '__proto__', 'toString']) {
      expect(valueAt(experiment, [step], '#bars')).toHaveProperty('missing')
      expect(withValueAt(experiment, [step, 'x'], 1, '#bars')).toHaveProperty('missing')
    }
  })

  it('sets a value in a copy and leaves the original as it was', () => {
    const before = structuredClone(experiment)
    const after = withValueAt(experiment, ['variants', 'entmax', 'params', 'alpha'], 2, '#bars')
    expect(after).toEqual({
      value: { ...before, variants: [{ id: 'softmax' }, { id: 'entmax', params: { alpha: 2 } }] },
    })
    expect(experiment).toEqual(before)
  })
})

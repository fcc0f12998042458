import { parse, safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { schemaProblems } from '../../src/panels/schemaProblems.ts'
import { defaults, schema } from '../../src/panels/sinkTraining/experiment.ts'
import { settingOf } from '../../src/panels/normalizerSetting.ts'
import { presets } from '../../src/panels/sinkTraining/presets.ts'

const problems = (fields: object): string => {
  const parsed = safeParse(schema, fields)
  return parsed.success ? '' : schemaProblems(parsed.issues).join('\n')
}

describe('the experiment of sink-training', () => {
  it('is softmax beside softpick, seed 0, 300 steps of 64 sequences of 32, AdamW at 0.01', () => {
    expect(defaults).toMatchObject({ seeds: [0], steps: 300, batch: 64, length: 32, width: 32, learningRate: 0.01 })
    expect(defaults.normalizers.map(({ id }) => id)).toEqual(['softmax', 'softpick'])
  })

  it('takes a normalizer by id or with parameters, fills the rest, and reads its own output as it is', () => {
    const once = parse(schema, { normalizers: ['ssmax', { id: 'entmax', params: { alpha: 1.25 } }] })
    expect(once.normalizers).toEqual([
      { id: 'ssmax', params: { s: 0.43, b: 0 } },
      { id: 'entmax', params: { alpha: 1.25 } },
    ])
    expect(parse(schema, once)).toEqual(once)
    expect(parse(schema, JSON.parse(JSON.stringify(defaults)))).toEqual(defaults)
  })

  it('refuses what cannot be trained, by name and with the limit', () => {
    expect(problems({ normalizers: ['softmx'] })).toContain('there is no normalizer "softmx"')
    expect(problems({ normalizers: [{ id: 'entmax', params: { alpha: -1 } }] })).toContain('alpha is -1')
    expect(problems({ normalizers: [] })).toContain('at least one')
    expect(problems({ width: 30 })).toContain('width must be a multiple of 4')
    expect(problems({ width: 32, heads: 5 })).toContain('5 heads do not divide a width of 32')
    expect(problems({ width: 12, heads: 12, positions: 'rotary' })).toContain('an even width; they have 1')
    expect(problems({ steps: 20_000 })).toContain('need a recordEvery of 20 or more')
    expect(problems({ learningRate: 0 })).toContain('learningRate must be above 0')
    expect(problems({ seeds: [-1] })).toContain('seed')
    expect(problems({ seeds: [1, 2, 1] })).toContain('seeds must differ')
    expect(problems({ step: -3 })).toContain('step must be from 0 to 20000')
  })

  it('has presets that are experiments', () => {
    for (const { label, experiment } of presets)
      expect([label, problems({ ...defaults, ...experiment })]).toEqual([label, ''])
    expect(settingOf('softmax')).toEqual({ id: 'softmax', params: { T: 1 } })
  })
})

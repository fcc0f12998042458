import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { backcopyNames } from '../../../src/models/tasks/backcopyNames.ts'
import { defaultBackcopy } from '../../../src/models/tasks/backcopy.ts'

/** The names that a saved model says its tokens have. */
function namesIn(file: string): unknown {
  const bytes = readFileSync(file)
  const header = bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString('utf8')
  const { __metadata__: metadata } = JSON.parse(header) as { __metadata__: { config: string } }
  return (JSON.parse(metadata.config) as { tokens: unknown }).tokens
}

describe('names of the toy language', () => {
  it.each(['softmax', 'softpick'])('are those that the saved %s model reads and writes', (twin) => {
    expect(namesIn(`public/models/sink-${twin}.safetensors`)).toEqual(backcopyNames)
  })

  it('are 32, one for each token, with T1 to T3 for the three triggers', () => {
    expect([backcopyNames.length, backcopyNames.slice(1, 4)]).toEqual([defaultBackcopy.vocabulary, ['T1', 'T2', 'T3']])
    expect(defaultBackcopy.triggers).toBe(3)
  })
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { twelveBits } from '../../../src/models/tasks/twelveBits.ts'

const ones = (labels: Int32Array) => labels.reduce((sum, label) => sum + label, 0)

it('the published variant has the published labels, all 4096 of them', () => {
  const { labels_hex } = JSON.parse(readFileSync('test/fixtures/information/var_u.json', 'utf8')) as {
    labels_hex: string
  }
  const want = Array.from(labels_hex, (digit) => parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
  expect(twelveBits('published', 0).labels.join('')).toBe(want)
})

it('pattern 5 is 000000000101, most significant bit first', () => {
  expect(twelveBits('published', 0).inputs.subarray(60, 72).join('')).toBe('000000000101')
})

it('permuting the bits keeps the labels and the number of lit points, and moves the columns', () => {
  const [plain, moved] = [twelveBits('published', 3), twelveBits('permuted', 3)]
  expect(moved.labels).toEqual(plain.labels)
  expect(ones(Int32Array.from(moved.inputs))).toBe(ones(Int32Array.from(plain.inputs)))
  expect(moved.inputs).not.toEqual(plain.inputs)
})

it('stochastic labels differ from the published ones in 1 to 20 of 4096 places', () => {
  const plain = twelveBits('published', 0).labels
  const flips = twelveBits('stochastic', 4).labels.filter((label, i) => label !== plain[i]).length
  expect(flips).toBeGreaterThanOrEqual(1)
  expect(flips).toBeLessThanOrEqual(20)
})

it('random points give as many ones as zeros, and other labels for another seed', () => {
  const [a, b] = [twelveBits('random-points', 1), twelveBits('random-points', 2)]
  expect(ones(a.labels)).toBe(2048)
  expect(a.labels).not.toEqual(b.labels)
})

import { describe, expect, it } from 'vitest'
import { valueAfterKey } from '../../src/charts/dragKeys.ts'

const key = (name: string, with_: { shift?: true; alt?: true } = {}) => ({
  key: name,
  shiftKey: with_.shift ?? false,
  altKey: with_.alt ?? false,
})

describe('valueAfterKey', () => {
  it('moves by 0.1, with Shift by 1, with Alt by 0.01, without binary dust', () => {
    expect(valueAfterKey(key('ArrowUp'), 0.2, -3, 3)).toBe(0.3)
    expect(valueAfterKey(key('ArrowLeft', { shift: true }), 0.2, -3, 3)).toBe(-0.8)
    expect(valueAfterKey(key('ArrowDown', { alt: true }), 0.2, -3, 3)).toBe(0.19)
  })

  it('goes to the ends of the scale by Home and End, and by a tenth of it with the page keys, 1 at least', () => {
    expect(valueAfterKey(key('Home'), 0, -3, 3)).toBe(-3)
    expect(valueAfterKey(key('End'), 0, -3, 3)).toBe(3)
    expect(valueAfterKey(key('PageUp'), 0, -3, 3)).toBe(1)
    expect(valueAfterKey(key('PageDown'), 0, -1000, 1000)).toBe(-200)
  })

  it('may leave the scale by arrows: the scale follows', () => {
    expect(valueAfterKey(key('ArrowUp'), 3, -3, 3)).toBe(3.1)
  })

  it('leaves other keys to the page', () => {
    expect(valueAfterKey(key('Tab'), 0, -3, 3)).toBeNull()
  })
})

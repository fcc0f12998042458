import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { applyEdits, yamlEdits } from '../../src/notebook/yamlEdit.ts'
import { yamlEntry, yamlText } from '../../src/notebook/yamlText.ts'

const edited = (text: string, changes: Record<string, unknown>) => applyEdits(text, yamlEdits(text, changes))

const number = fc.oneof(fc.integer({ min: -99, max: 99 }), fc.double(), fc.constantFrom(-0, Infinity, 1e21, 1e-7))
const scalar = fc.oneof(number, fc.string({ unit: 'binary', maxLength: 6 }), fc.boolean(), fc.constant(null))
const word = fc.constantFrom(
  'true',
  'No',
  '1e3',
  '~',
  '- a',
  'a: b',
  'a #b',
  '',
  ' x',
  'it’s',
  '0x1f',
  '.5',
  '2020-01-01',
)
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    scalar,
    word,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(word, fc.stringMatching(/^[a-z]{1,4}$/)), tie('any'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any

describe('yamlText', () => {
  it('is read back as the same value by a YAML parser, for any plain value', () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(load(yamlText(each))).toEqual(each)
      }),
      { numRuns: 500, seed: 3 },
    )
  })

  it('writes lists and mappings as an author would', () => {
    expect(yamlText([2, -0.5, 1e-7])).toBe('[2, -0.5, 1e-7]')
    expect(yamlText({ id: 'entmax', params: { alpha: 1.5 } })).toBe('{ id: entmax, params: { alpha: 1.5 } }')
    expect(yamlEntry('variants', [{ id: 'softmax' }, { id: 'entmax' }])).toBe(
      'variants:\n  - { id: softmax }\n  - { id: entmax }',
    )
  })
})

describe('yamlEdits', () => {
  it('changes one number of a list and leaves the comment, the spacing and every other number', () => {
    const text = 'logits: [2,  1.0, 0.50]  # mine\nvariants: [softmax]\n'
    expect(edited(text, { logits: [2, 1, 0.75] })).toBe('logits: [2,  1.0, 0.75]  # mine\nvariants: [softmax]\n')
  })

  it('changes a parameter inside a block list in place', () => {
    const text = 'variants:\n  # sparse\n  - id: entmax\n    params: {alpha: 1.5}\n  - id: softmax\nx: 1\n'
    const variants = [{ id: 'entmax', params: { alpha: 1.7 } }, { id: 'softmax' }]
    expect(edited(text, { variants })).toBe(text.replace('1.5', '1.7'))
  })

  it('writes a field anew where its shape differs, and keeps what stands around it', () => {
    const text = '# top\na: 1\nvariants:\n  - softmax\n  - sparsemax # two\n\n# next\nb: 2\n'
    expect(edited(text, { variants: ['softmax'] })).toBe('# top\na: 1\nvariants: [softmax] # two\n\n# next\nb: 2\n')
  })

  it('adds a field below the last one, with its indentation and before trailing comments', () => {
    expect(edited('  a: 1 # one\n  # end', { b: [1, 2] })).toBe('  a: 1 # one\n  b: [1, 2]\n  # end')
    expect(edited('', { b: 2 })).toBe('b: 2')
    expect(edited('# nothing yet', { b: 2 })).toBe('# nothing yet\nb: 2')
  })

  it('removes a field with its line alone', () => {
    expect(edited('a: 1\nb: |\n  text\n\n  # not a comment\nc: 3', { b: undefined })).toBe('a: 1\nc: 3')
    expect(edited('a: 1\nb: 2', { b: undefined })).toBe('a: 1')
  })

  it('replaces a block of text by a word and keeps the fields below', () => {
    expect(edited('a: |\n  long\n  text\n\nb: 2\n', { a: 'short' })).toBe('a: short\n\nb: 2\n')
  })

  it('gives a value to a field that had none', () => {
    expect(edited('a:\nb: 2', { a: 5 })).toBe('a: 5\nb: 2')
    expect(edited('a: # later\nb: 2', { a: [1] })).toBe('a: [1] # later\nb: 2')
  })

  it('keeps a broken text as a comment above the new fields', () => {
    const text = 'logits: [1, 2\nx: 3'
    expect(applyEdits(text, yamlEdits(text, { logits: [1] }, { logits: [1], x: 4 }))).toBe(
      '# logits: [1, 2\n# x: 3\nlogits: [1]\nx: 4',
    )
  })

  it('gives a text with exactly the wanted fields, whatever the text and the change', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'long name', 'é')
    const fields = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true })
    const style = fc.record({
      flow: fc.boolean(),
      comment: fc.constantFrom('', ' # note'),
      ending: fc.constantFrom('\n', '\r\n'),
    })
    fc.assert(
      fc.property(
        fields,
        fc.dictionary(key, fc.option(value, { nil: undefined }), { noNullPrototype: true }),
        style,
        (before, changes, { flow, comment, ending }) => {
          const lines = Object.entries(before).map(
            ([name, each]) => (flow ? `${yamlText(name)}: ${yamlText(each)}` : yamlEntry(name, each)) + comment,
          )
          const text = lines.join('\n').replaceAll('\n', ending)
          const wanted = Object.fromEntries(
            Object.entries({ ...before, ...changes }).filter(([, each]) => each !== undefined),
          )
          const after = edited(text, changes)
          expect(after.trim() === '' ? {} : (load(after) ?? {})).toEqual(wanted)
        },
      ),
      { numRuns: 400, seed: 8 },
    )
  })
})

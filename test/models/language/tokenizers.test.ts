import { describe, expect, it } from 'vitest'
import { nameTokenizer } from '../../../src/models/language/nameTokenizer.ts'
import { openTokenizer } from '../../../src/models/language/openTokenizer.ts'
import { bytesSource } from '../../../src/models/readers/byteSource.ts'
import { golden, haveModel, modelSource } from './models.ts'

const textFile = (value: unknown) => bytesSource(new TextEncoder().encode(JSON.stringify(value)))

/** A tokenizer of llama2.c with these words after the three that every one has. */
function llama2cFile(words: readonly (readonly [string, number])[]): Uint8Array {
  const parts = words.map(([word, score]) => {
    const bytes = new TextEncoder().encode(word)
    const out = new Uint8Array(8 + bytes.length)
    new DataView(out.buffer).setFloat32(0, score, true)
    new DataView(out.buffer).setInt32(4, bytes.length, true)
    out.set(bytes, 8)
    return out
  })
  return Uint8Array.from([...new Uint8Array(4), ...parts.flatMap((part) => [...part])])
}
const bytes = Array.from(
  { length: 256 },
  (_, i) => [`<0x${i.toString(16).toUpperCase().padStart(2, '0')}>`, 0] as const,
)
const special = [
  ['<unk>', 0],
  ['\n<s>\n', 0],
  ['\n</s>\n', 0],
] as const
const small = llama2cFile([...special, ...bytes, [' ', -9], ['a', -9], ['b', -9], ['ab', -1], ['ba', -2], [' a', -3]])
const id = (index: number) => 259 + index
const openSmall = () => openTokenizer(bytesSource(small), 265)

describe('a tokenizer of llama2.c', () => {
  it('"aba" is BOS, then " " + "ab" + "a": the pair of the highest score goes first (by hand)', async () => {
    const { encode } = await openSmall()
    expect(encode('aba')).toEqual([1, id(0), id(3), id(1)])
  })

  it('"é" has no token, so it is its two bytes, each 3 beyond its value; an empty text is BOS alone', async () => {
    const { encode, textOf } = await openSmall()
    expect(encode('é')).toEqual([1, id(0), 0xc3 + 3, 0xa9 + 3])
    expect(encode('')).toEqual([1])
    expect([textOf(1), textOf(id(5)), textOf(0x41 + 3), textOf(0xc3 + 3)]).toEqual(['<s>', ' a', 'A', '0xc3'])
  })

  it('a file that ends inside token 261 says so', async () => {
    const cut = small.subarray(0, small.length - 22)
    await expect(openTokenizer(bytesSource(cut), 265)).rejects.toThrow(/token 26\d of the tokenizer is cut short/)
  })

  it('with fewer or more tokens than the model is refused with both numbers: it may be cut between two tokens', async () => {
    // The last word, " a", has 2 bytes behind its 8.
    const whole = small.subarray(0, small.length - 10)
    await expect(openTokenizer(bytesSource(whole), 265)).rejects.toThrow(
      'the tokenizer has 264 tokens, the model has 265: the file is cut short, or belongs to another model.',
    )
    await expect(openTokenizer(bytesSource(small), 264)).rejects.toThrow(
      'the tokenizer has 265 tokens, the model has 264: it belongs to another model.',
    )
  })

  it.skipIf(!haveModel('stories260K/tok512.bin'))(
    'the text of s260k_a begins with its golden ids (skipped without the file)',
    async () => {
      const { text, ids } = golden<{ text: string; ids: number[] }>('s260k_a.json')
      const { encode } = await openTokenizer(modelSource('stories260K/tok512.bin'), 512)
      expect(encode(text).slice(0, 64)).toEqual(ids)
    },
  )
})

describe('tokenizer.json', () => {
  const file = textFile({
    version: '1.0',
    added_tokens: [
      { id: 4, content: '<s>', special: true, single_word: false, lstrip: false, rstrip: false, normalized: false },
    ],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [],
      special_tokens: { '<s>': { id: '<s>', ids: [4], tokens: ['<s>'] } },
    },
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      vocab: { a: 0, b: 1, ab: 2, Ġab: 3, Ġ: 5 },
      merges: ['a b', 'Ġ ab'],
      unk_token: null,
      byte_fallback: false,
    },
  })

  it('merges by its table and puts its own first token before the text (by hand)', async () => {
    const { encode, textOf } = await openTokenizer(file, 6)
    expect(encode('ab ab')).toEqual([4, 2, 3])
    expect([2, 3, 4].map(textOf)).toEqual(['ab', ' ab', '<s>'])
  })

  it('without a token for a word, and with none for unknown words, names the word', async () => {
    const words = (unk_token: string) =>
      textFile({
        version: '1.0',
        added_tokens: [],
        normalizer: null,
        pre_tokenizer: { type: 'Whitespace' },
        post_processor: null,
        decoder: null,
        model: { type: 'WordLevel', vocab: { the: 0, cat: 1, '[UNK]': 2 }, unk_token },
      })
    expect((await openTokenizer(words('[UNK]'), 3)).encode('the dog')).toEqual([0, 2])
    const { encode } = await openTokenizer(words('<unk>'), 3)
    expect(encode('the cat')).toEqual([0, 1])
    expect(() => encode('the dog')).toThrow(
      'the tokenizer has no token for “dog”, and none for unknown words. Write another word.',
    )
  })

  it('of another kind of JSON says how a tokenizer is saved', async () => {
    await expect(openTokenizer(textFile({ hello: 1 }), 6)).rejects.toThrow(/has no "model": save it with/)
  })
})

describe('tokens by name', () => {
  it('names and ids are both read; an unknown one is named', () => {
    const { encode, textOf } = nameTokenizer(['BOS', 't1', 'a'], 3)
    expect(encode(' BOS a\n1 ')).toEqual([0, 2, 1])
    expect(textOf(1)).toBe('t1')
    expect(() => encode('BOS x')).toThrow('"x" is no token of this model, which has BOS t1 a')
    expect(() => nameTokenizer(null, 3).encode('3')).toThrow('ids from 0 to 2')
  })
})

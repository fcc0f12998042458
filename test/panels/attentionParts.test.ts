import { describe, expect, it } from 'vitest'
import { bringFiles } from '../../src/panels/attention/bringFiles.ts'
import { defaults } from '../../src/panels/attention/experiment.ts'
import { settingOf } from '../../src/panels/normalizerSetting.ts'
import { everywhere, inHead, linked, settingAt } from '../../src/panels/attention/headSettings.ts'
import { mapNotices } from '../../src/panels/attention/mapNotices.ts'
import { moved, showing, wholeMap, zoomed } from '../../src/panels/attention/mapWindow.ts'
import { writeNpy } from '../../src/models/readers/writeNpy.ts'
import { safetensorsBytes } from '../models/language/safetensorsBytes.ts'

const keys: string[] = []
const keep = async (_: Blob, name: string) => {
  keys.push(name)
  return `key of ${name}`
}
const file = (content: Uint8Array | string | object, name: string) =>
  new File(
    [
      content instanceof Uint8Array
        ? Uint8Array.from(content)
        : typeof content === 'string'
          ? content
          : JSON.stringify(content),
    ],
    name,
  )
/** The start of a llama2.c file, and of a tokenizer of its: 7 as the longest token, score 0, a token of 5 letters. */
const llama2c = new Uint8Array(Int32Array.of(8, 16, 1, 2, 1, 32, 16).buffer)
const tokenizer = new Uint8Array([
  ...new Uint8Array(Int32Array.of(7, 0, 5).buffer),
  ...new TextEncoder().encode('<unk>'),
  ...new Uint8Array(16),
])
const weights = safetensorsBytes({ 'wte.weight': { shape: [2, 2], values: [1, 2, 3, 4] } })
const maps = { shape: [1, 1, 2, 2], values: [1, 0, 0.5, 0.5] }

describe('files that are dropped together', () => {
  it('are told apart by what is in them: weights, config and tokenizer of a model', async () => {
    const files = [file({ model_type: 'gpt2' }, 'a.json'), file(weights, 'b'), file({ model: {} }, 'c.json')]
    expect(await bringFiles(files, keep)).toMatchObject({
      model: 'key of b',
      config: 'key of a.json',
      tokenizer: 'key of c.json',
      attention: null,
      heads: [],
    })
    expect(await bringFiles([file(tokenizer, 'tok.bin'), file(llama2c, 'model.bin')], keep)).toMatchObject({
      model: 'key of model.bin',
      tokenizer: 'key of tok.bin',
    })
  })

  it('a new model comes without the tokenizer of the one before; a tokenizer alone changes nothing else', async () => {
    expect(await bringFiles([file(llama2c, 'model.bin')], keep)).toMatchObject({
      model: 'key of model.bin',
      tokenizer: null,
      config: null,
    })
    expect(await bringFiles([file(tokenizer, 'tok.bin')], keep)).toEqual({ tokenizer: 'key of tok.bin' })
  })

  it('maps, as NPY or safetensors, come with their tokens and in place of a model', async () => {
    const npy = await bringFiles([file(writeNpy(maps.shape, maps.values), 'm.npy'), file(['a', 'b'], 't.json')], keep)
    expect(npy).toMatchObject({ model: null, attention: 'key of m.npy', tokens: 'key of t.json' })
    expect(npy).toMatchObject({ first: 'kept', normalizer: null, heads: [], ids: null })
    expect(await bringFiles([file(safetensorsBytes({ maps }), 'm')], keep)).toMatchObject({
      attention: 'key of m',
      tokens: null,
    })
  })

  it('maps beside a row of ids are maps; a mask of that shape among matrices is a model’s', async () => {
    const matrix = { shape: [2, 2], values: [1, 2, 3, 4] }
    const withIds = safetensorsBytes({ maps, ids: { shape: [2], values: [5, 6] } })
    expect(await bringFiles([file(withIds, 'm')], keep)).toMatchObject({ attention: 'key of m' })
    const withMask = safetensorsBytes({ 'h.0.attn.bias': maps, 'wte.weight': matrix })
    expect(await bringFiles([file(withMask, 'w')], keep)).toMatchObject({ model: 'key of w' })
  })

  it('one that is nothing of this is refused by name', async () => {
    await expect(bringFiles([file({ hello: 1 }, 'x.json')], keep)).rejects.toThrow(
      'x.json: this JSON is neither a config.json',
    )
    for (const content of ['a,b,label\n1,2,x\n', '', new Uint8Array(64).fill(0xa7)])
      await expect(bringFiles([file(content, 'z.csv')], keep)).rejects.toThrow('z.csv: this is no model')
    await expect(bringFiles([file('{"model_type": ', 'y.json')], keep)).rejects.toThrow('y.json: not JSON')
  })
})

describe('normalizers of heads', () => {
  const own = settingOf('softmax')
  it('a head’s own stands before that of all, and that before the weights’', () => {
    const all = { ...defaults, ...everywhere('sparsemax') }
    const one = { ...all, ...inHead(all, 1, 2, 'softpick') }
    expect(
      [
        settingAt(defaults, own, 1, 2),
        settingAt(all, own, 1, 2),
        settingAt(one, own, 1, 2),
        settingAt(one, own, 1, 1),
      ].map(({ id }) => id),
    ).toEqual(['softmax', 'sparsemax', 'softpick', 'sparsemax'])
    // And it stays the head in view, which another α might move away from it.
    expect(inHead(one, 1, 2, null)).toEqual({ heads: [], layer: 1, head: 2 })
    expect(everywhere(null)).toEqual({ normalizer: null, heads: [] })
  })
})

describe('maps that another program saved', () => {
  const notices = (...values: number[]) =>
    mapNotices({ layers: 2, heads: 1, tokens: 2, values: Float64Array.from(values) })

  it('of rows that sum to 1, as far as bfloat16 keeps it, need no word', () => {
    expect(notices(1, 0, 0.25, 0.75, 1, 0, 0.502, 0.502)).toEqual([])
  })

  it('of rows that do not are told with the furthest row, and weights below 0 are counted', () => {
    const [sums, negative] = notices(1, 0, 0.25, 0.75, 0.9, 0, 1.75, -0.05)
    expect(sums).toContain('2 of 4 rows do not sum to 1; the furthest, at layer 2, head 1, query 2, sums to 1.7.')
    expect(negative).toBe('1 weight is below 0.')
  })
})

describe('a linked model', () => {
  it('beside safetensors are its config and tokenizer; beside a .bin nothing', () => {
    const at = 'https://host.example/small/'
    expect(linked(`${at}model.safetensors`, '')).toMatchObject({
      config: `${at}config.json`,
      tokenizer: `${at}tokenizer.json`,
    })
    expect(linked(`${at}model.safetensors?download=true`, '')).toMatchObject({
      model: `${at}model.safetensors?download=true`,
      config: `${at}config.json`,
      tokenizer: `${at}tokenizer.json`,
    })
    expect(linked(`${at}model.bin`, ` ${at}tok.bin `)).toMatchObject({ config: null, tokenizer: `${at}tok.bin` })
  })
})

describe('the window of a map', () => {
  it('zooms around a cell, stays inside, and stops at 8 tokens', () => {
    const half = zoomed(wholeMap(64), 64, 1 / 2, { query: 63, key: 0 })
    expect(half).toEqual({ query: 32, key: 0, size: 32 })
    expect(zoomed(half, 64, 2, { query: 63, key: 0 })).toEqual(wholeMap(64))
    expect(zoomed({ query: 0, key: 0, size: 8 }, 64, 1 / 2, { query: 3, key: 3 }).size).toBe(8)
    expect(zoomed(wholeMap(5), 5, 1 / 2, { query: 0, key: 0 })).toEqual(wholeMap(5))
    // Cell 40 lies at five eighths of the whole, and so it does of 48 tokens: from 10 on.
    expect(zoomed(wholeMap(64), 64, 3 / 4, { query: 40, key: 40 })).toEqual({ query: 10, key: 10, size: 48 })
  })

  it('is dragged by whole tokens, as far as the map goes', () => {
    const window = { query: 10, key: 4, size: 8 }
    expect(moved(window, 20, { query: 1.6, key: -2.4 })).toEqual({ query: 12, key: 2, size: 8 })
    expect(moved(window, 20, { query: 9, key: -9 })).toEqual({ query: 12, key: 0, size: 8 })
  })

  it('moves as little as it takes to show a cell', () => {
    expect(showing({ query: 10, key: 0, size: 8 }, { query: 18, key: 3 })).toEqual({ query: 11, key: 0, size: 8 })
    expect(showing({ query: 10, key: 4, size: 8 }, { query: 12, key: 2 })).toEqual({ query: 10, key: 2, size: 8 })
  })
})

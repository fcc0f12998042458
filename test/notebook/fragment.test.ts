import fc from 'fast-check'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeFragment, encodeFragment, type LinkState } from '../../src/notebook/fragment.ts'

const bars = { id: 'bars', type: 'activations', version: 1, experiment: { logits: [2.1, 1.6, -1.3], unit: 'nat é' } }
const sinks = { id: 'sinks', type: 'attention', version: 3, experiment: { seed: 7 } }
const link: LinkState = { notebook: { builtIn: 'softmax-and-its-rivals' }, panels: [bars, sinks], theme: 'dark' }

const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
const panel = fc.record({
  id: fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/),
  type: fc.string(),
  version: fc.integer({ min: 1, max: 99 }),
  experiment: json,
})
const state: fc.Arbitrary<LinkState> = fc.record({
  notebook: fc.oneof(
    fc.constant(null),
    fc.record({ builtIn: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/) }),
    fc.record({ text: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }) }),
  ),
  panels: fc.array(panel, { maxLength: 4 }),
  theme: fc.constantFrom(null, 'light' as const, 'dark' as const),
})

describe('a link', () => {
  it('opens as what it was made of, for any notebook and panels', async () => {
    await fc.assert(
      fc.asyncProperty(state, async (each) => {
        const opened = await decodeFragment(await encodeFragment(each))
        // JSON has no −0.
        expect(opened).toEqual({ ...(JSON.parse(JSON.stringify(each)) as LinkState), notices: [] })
      }),
      { numRuns: 60, seed: 11 },
    )
  })

  it('uses letters that no mail program or chat breaks: A to Z, digits, - _ . ~', async () => {
    expect(await encodeFragment(link)).toMatch(/^#[\w.~-]+$/)
  })

  it('keeps two panels and the notebook in fewer than 350 characters', async () => {
    expect((await encodeFragment(link)).length).toBeLessThan(350)
  })

  it('holds a raw deflate stream that another inflater reads', async () => {
    const part = (await encodeFragment({ notebook: { text: 'abc' }, panels: [], theme: null })).split('.')[1]!
    expect(inflateRawSync(Buffer.from(part.slice(1, -4), 'base64url')).toString()).toBe('abc')
  })

  it('is none where the fragment is empty or names a heading', async () => {
    expect(await decodeFragment('')).toBeNull()
    expect(await decodeFragment('#why-zeros')).toBeNull()
  })

  it('survives percent escapes and a line break that a mail put in', async () => {
    const text = await encodeFragment(link)
    const mailed = `${text.slice(0, 40)}\n${text.slice(40)}`.replaceAll('.', '%2E').replaceAll('~', '%7E')
    expect(await decodeFragment(mailed)).toEqual({ ...link, notices: [] })
  })
})

describe('a damaged link', () => {
  it('with one wrong character never throws, loses at most one part, and says so', async () => {
    const text = await encodeFragment(link)
    for (let at = 4; at < text.length; at++) {
      const wrong = text[at] === 'A' ? 'B' : 'A'
      const opened = await decodeFragment(text.slice(0, at) + wrong + text.slice(at + 1))
      const kept = [opened?.notebook, opened?.theme, ...(opened?.panels ?? [])].filter(Boolean)
      // A separator that is gone joins two parts; any other character spoils its own part alone.
      expect(kept.length, `character ${at}`).toBeGreaterThanOrEqual(text[at] === '.' ? 2 : 3)
      expect(opened?.notices.length, `character ${at}`).toBeGreaterThanOrEqual(1)
      for (const each of opened?.panels ?? []) expect([bars, sinks]).toContainEqual(each)
    }
  })

  it('cut at any place opens with every part before the cut, and says that it was cut', async () => {
    const text = await encodeFragment(link)
    const ends = [...text.matchAll(/\.|$/g)].map(({ index }) => index).slice(1)
    for (let end = 5; end < text.length; end++) {
      const opened = await decodeFragment(text.slice(0, end))
      const kept = [opened?.notebook, opened?.theme, ...(opened?.panels ?? [])].filter(Boolean)
      expect(kept.length, `cut at ${end}`).toBe(ends.filter((each) => each <= end).length)
      expect(opened?.notices.length, `cut at ${end}`).toBe(ends.includes(end) ? 0 : 1)
    }
  })

  it('names the panel whose part is damaged', async () => {
    const text = (await encodeFragment(link)).replace(/(pbars~...)./, '$1_')
    expect((await decodeFragment(text))?.notices).toEqual([
      'What this link says of the panel #bars is cut or damaged; it was left out.',
    ])
  })

  it('that was cut keeps the beginning of an own notebook', async () => {
    const text = Array.from({ length: 200 }, (_, i) => `Line ${i} of ${(i * 7919) % 997}.`).join('\n')
    const whole = await encodeFragment({ notebook: { text }, panels: [], theme: null })
    const opened = await decodeFragment(whole.slice(0, Math.floor(whole.length / 2)))
    const kept = opened?.notebook && 'text' in opened.notebook ? opened.notebook.text : ''
    expect(kept.length).toBeGreaterThan(text.length / 4)
    expect(text.startsWith(kept)).toBe(true)
    expect(opened?.notices[0]).toContain(`The first ${kept.length} characters`)
  })

  it('of random letters never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 80 }), async (noise) => {
        await expect(decodeFragment(`#v1.${noise}`)).resolves.toBeTruthy()
      }),
      { numRuns: 300, seed: 5 },
    )
  })

  it('from another version is read as far as it goes, with a notice', async () => {
    const opened = await decodeFragment((await encodeFragment(link)).replace('#v1', '#v2'))
    expect(opened?.panels).toEqual([bars, sinks])
    expect(opened?.notices[0]).toContain('v2')
  })

  it('that would unpack to 50 MB is refused with its limit', async () => {
    const bomb = Buffer.from(deflateRawSync('x'.repeat(50_000_000))).toString('base64url')
    const opened = await decodeFragment(`#v1.t${bomb}AAAA`)
    expect(opened?.notebook).toBeNull()
    expect(opened?.notices).toEqual(['The notebook in this link is larger than 4 MiB; it was not opened.'])
  })
})

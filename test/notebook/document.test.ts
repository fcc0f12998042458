import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { parseNotebook } from '../../src/notebook/parseNotebook.ts'
import { writeNotebook } from '../../src/notebook/writeNotebook.ts'

const ids = (text: string) => parseNotebook(text).panels.map(({ id }) => id)
const written = (text: string, changes: Record<string, unknown>, version?: number) => {
  const document = parseNotebook(text)
  const panel = document.panels[0]!
  const change = { changes, fields: changes, version: version ?? panel.version }
  return writeNotebook(document, new Map([[panel.id, change]]))
}

describe('parseNotebook', () => {
  it('finds a panel with its type, id, version, line and YAML', () => {
    const { panels } = parseNotebook('# A\n\n```softscope activations #bars version=3\nlogits: [1]\n```\n')
    expect(panels).toMatchObject([
      { type: 'activations', id: 'bars', version: 3, line: 3, body: 'logits: [1]', notices: [] },
    ])
  })

  it('finds panels in lists, in quotes, and between tildes, and none in other code', () => {
    const text = [
      '- one\n\n  ~~~~softscope a #in-list\n  x: 1\n  ~~~~',
      '> ```softscope b #in-quote\n> x: 2\n> ```',
      '``` softscope c #spaced\nx: 3\n```',
      '```yaml\nsoftscope d #no\n```\n\n    ```softscope e #indented\n    ```',
    ].join('\n\n')
    expect(ids(text)).toEqual(['in-list', 'in-quote', 'spaced'])
    expect(parseNotebook(text).panels.map(({ body }) => body)).toEqual(['x: 1', 'x: 2', 'x: 3'])
  })

  it('gives panels without an id names of their own that no written id has', () => {
    expect(ids('```softscope a\n```\n```softscope a #a-1\n```\n```softscope a\n```')).toEqual(['a-2', 'a-1', 'a-3'])
  })

  it('gives the second of two equal ids another and says which line has the first', () => {
    const { panels } = parseNotebook('```softscope a #x\n```\n\n```softscope a #x\n```')
    expect(panels.map(({ id }) => id)).toEqual(['x', 'x-2'])
    expect(panels[1]?.notices).toEqual([
      'The id #x belongs to the panel at line 1; this one is called #x-2 here. Give it an id of its own.',
    ])
  })

  it('says which words after a fence mean nothing', () => {
    expect(parseNotebook('```softscope a #x height=3 #y\n```').panels[0]?.notices).toEqual([
      'The word “height=3” after the fence means nothing here.',
      'The word “#y” after the fence means nothing here.',
    ])
  })

  it('reads front matter as fields and not as prose, and keeps line numbers', () => {
    const document = parseNotebook('---\ntitle: My logits\nlang: en\n---\n\n```softscope a #x\n```')
    expect(document.title).toBe('My logits')
    expect(document.frontMatter).toEqual({ title: 'My logits', lang: 'en' })
    expect(document.panels[0]?.line).toBe(6)
    expect(document.root.children.map(({ type }) => type)).toEqual(['code'])
  })

  it('takes two rules around prose for what they are, not for front matter', () => {
    expect(parseNotebook('---\n\nprose\n\n---\n').frontMatter).toEqual({})
    expect(parseNotebook('---\n\nprose\n\n---\n').root.children.map(({ type }) => type)).toContain('paragraph')
  })

  it('takes the title from the first heading, its marks left out', () => {
    expect(parseNotebook('text\n\n## The *cat* `sat`\n').title).toBe('The cat sat')
    expect(parseNotebook('').title).toBe('Untitled')
  })
})

describe('writeNotebook', () => {
  it('gives back the same bytes where nothing changed, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(writeNotebook(parseNotebook(text), new Map())).toBe(text)
      }),
      { numRuns: 150, seed: 2 },
    )
  })

  it('keeps the container of a panel: quotes, lists, tabs and Windows line ends', () => {
    expect(written('> - ```softscope a #x\r\n>   p: 1\r\n>   ```\r\n', { p: 2, q: 3 })).toBe(
      '> - ```softscope a #x\r\n>   p: 2\r\n>   q: 3\r\n>   ```\r\n',
    )
    expect(written('1. a\n\n   ~~~softscope a\n   p: [1,\n     2]\n   ~~~\n', { p: [1], q: 3 })).toBe(
      '1. a\n\n   ~~~softscope a\n   p: [1]\n   q: 3\n   ~~~\n',
    )
    expect(written('-\t```softscope a\n\tp: 1\n\t```', { p: 2 })).toBe('-\t```softscope a\n\tp: 2\n\t```')
  })

  it('writes into an empty panel and into one that is never closed', () => {
    expect(written('```softscope a\n```', { p: 1 })).toBe('```softscope a\np: 1\n```')
    expect(written('```softscope a', { p: 1, q: 2 })).toBe('```softscope a\np: 1\nq: 2')
    expect(written('> ```softscope a\n> ```', { p: 1 })).toBe('> ```softscope a\n> p: 1\n> ```')
  })

  it('finds its place behind a byte order mark', () => {
    expect(written('\ufeff\n```softscope a\np: 1\n```', { p: 2 })).toBe('\ufeff\n```softscope a\np: 2\n```')
    expect(written('\ufeff```softscope a\np: 1\n```', { p: 2 })).toBe('\ufeff```softscope a\np: 2\n```')
  })

  it('writes the version that the experiment now has, in the place of the old one or behind the header', () => {
    expect(written('```softscope a #x version=1 \np: 1\n```', { p: 2 }, 4)).toBe(
      '```softscope a #x version=4 \np: 2\n```',
    )
    expect(written('```softscope a #x\n```', { p: 2 }, 2)).toBe('```softscope a #x version=2\np: 2\n```')
  })

  it('gives a document whose panel has the wanted fields and whose other lines are the same, in any container', () => {
    const container = fc.constantFrom('', '> ', '- ', '1. ', '> - ', '- > ', '  ')
    const fence = fc.constantFrom('```', '~~~', '`````')
    const ending = fc.constantFrom('\n', '\r\n')
    const field = fc.dictionary(
      fc.constantFrom('p', 'q', 'r'),
      fc.oneof(fc.integer(), fc.array(fc.integer()), fc.string()),
      {
        noNullPrototype: true,
      },
    )
    fc.assert(
      fc.property(container, fence, ending, field, field, (first, ticks, end, before, after) => {
        const next = first.replace(/[^>\s]/g, ' ')
        const body = Object.entries(before).map(([key, value]) => `${key}:   ${JSON.stringify(value)} # kept`)
        const lines = [`${ticks}softscope a #x`, ...body, ticks].map((line, i) => (i === 0 ? first : next) + line)
        const text = ['Prose.', '', ...lines, '', 'More prose.', ''].join(end)
        const result = written(text, after)
        expect(result.startsWith(`Prose.${end}${end}${first}`)).toBe(true)
        expect(result.endsWith(`${next}${ticks}${end}${end}More prose.${end}`)).toBe(true)
        expect(result.replaceAll(end, '')).not.toMatch(/[\r\n]/)
        const kept = Object.entries(before).filter(([key]) => !(key in after))
        for (const [key, value] of kept)
          expect(result).toContain(`${next}${key}:   ${JSON.stringify(value)} # kept${end}`)
        const [panel, ...others] = parseNotebook(result).panels
        expect(others).toEqual([])
        expect(load(panel?.body === '' ? '{}' : (panel?.body ?? ''))).toEqual({ ...before, ...after })
      }),
      { numRuns: 200, seed: 4 },
    )
  })
})

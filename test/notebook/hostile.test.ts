import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { createNotebook } from '../../src/notebook/notebook.ts'
import { parseNotebook } from '../../src/notebook/parseNotebook.ts'
import { imageAddress, linkAddress } from '../../src/notebook/view/address.ts'
import { NotebookView } from '../../src/notebook/view/NotebookView.tsx'
import { hostile } from './hostile.ts'
import { bareSurroundings, tallyPanel } from './tallyPanel.ts'

const markup = (text: string) =>
  renderToStaticMarkup(
    createElement(NotebookView, {
      notebook: createNotebook(parseNotebook(text), { surroundings: bareSurroundings(), panels: [tallyPanel()] }),
    }),
  )

const tags = new Set(
  'a article blockquote br button code div em figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre progress small span strong table tbody td th thead tr ul'.split(
    ' ',
  ),
)
const attributes = new Set(
  'aria-label aria-labelledby aria-valuemax aria-valuemin aria-valuenow aria-valuetext alt class data-align data-language data-partial data-stale href id loading referrerPolicy rel role scope src start style tabindex title type'.split(
    ' ',
  ),
)

/** Every tag and attribute of a markup whose texts are escaped, as React's are; an attribute is `name` or `name="value"`. */
function partsOf(html: string): { tag: string; attributes: Map<string, string> }[] {
  return [...html.matchAll(/<([a-z0-9]+)((?:\s[^<>]*?)?)\/?>/gi)].map(([, tag = '', rest = '']) => ({
    tag,
    attributes: new Map(
      [...rest.matchAll(/([^\s="]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, value]),
    ),
  }))
}

function harm(html: string): string[] {
  return partsOf(html).flatMap(({ tag, attributes: given }) => [
    ...(tags.has(tag) ? [] : [`<${tag}>`]),
    ...[...given].flatMap(([name, value]) => {
      if (!attributes.has(name)) return [`${tag} ${name}`]
      if (name === 'style') return /^color:var\(--[a-z0-9-]+\)$/.test(value) ? [] : [`${tag} style ${value}`]
      if (name === 'href') return /^(https?:|mailto:|#|[^:]*$)/i.test(value) ? [] : [`href ${value}`]
      if (name === 'src')
        return /^(https?:|data:image\/(png|jpeg|gif|webp|avif)|[^:]*$)/i.test(value) ? [] : [`src ${value}`]
      return []
    }),
  ])
}

describe('a notebook from a stranger', () => {
  it.each(hostile)('makes only harmless markup of %j', (text) => {
    expect(harm(markup(text))).toEqual([])
  })

  it('makes only harmless markup of any mixture of such texts, nested in lists and quotes', () => {
    const line = fc.tuple(fc.constantFrom('', '> ', '- ', '1. ', '# ', '    '), fc.constantFrom(...hostile))
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 5 }),
        fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
        (lines, noise) => {
          expect(harm(markup([...lines.map(([start, text]) => start + text), noise].join('\n')))).toEqual([])
        },
      ),
      { numRuns: 150, seed: 9 },
    )
  })

  it('is told apart from a harmless one by this very check', () => {
    expect(harm('<p onclick="x"><script></script><a href="javascript:x">y</a>')).toEqual([
      'p onclick',
      '<script>',
      'href javascript:x',
    ])
  })

  it('shows its HTML as text, and what it left out in words', () => {
    expect(markup('a <b>c</b>')).toContain('&lt;b&gt;')
    expect(markup('[go](javascript:x)')).toContain('link left out')
    expect(markup('<!-- for authors -->')).not.toContain('for authors')
  })

  it('pollutes no prototype', () => {
    for (const text of hostile) markup(text)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('addresses', () => {
  it('of links are http, https, mailto, and those of this site', () => {
    const fine = [
      'https://a.b/c?d#e',
      'HTTP://A.B',
      'mailto:a@b.c',
      '#heading',
      'other.html',
      '/root',
      '//host/x',
      '?q=1:2',
    ]
    expect(fine.map(linkAddress)).toEqual(fine)
    const bad = [
      'javascript:1',
      '\u0001javascript:1',
      'java\nscript:1',
      'data:text/html,x',
      'blob:x',
      'ftp://x',
      'x:y',
      'http://[',
      '\ufffdjavascript:1',
      ' javascript:1',
    ]
    expect(bad.map(linkAddress)).toEqual(bad.map(() => null))
  })

  it('of pictures may hold data of kinds without scripts', () => {
    const fine = ['a/b.png', 'https://a.b/c.svg', 'data:image/png;base64,AA==', 'data:image/webp,x']
    expect(fine.map(imageAddress)).toEqual(fine)
    const bad = ['data:image/svg+xml,<svg/>', 'data:text/html,x', 'javascript:1', 'mailto:a@b.c']
    expect(bad.map(imageAddress)).toEqual(bad.map(() => null))
  })
})

import { afterEach, expect, it, vi } from 'vitest'
import { shareables } from '../../src/app/shareables.ts'
import { createNotebook } from '../../src/notebook/notebook.ts'
import { parseText } from '../../src/notebook/parseText.ts'
import { bareSurroundings, tallyPanel } from '../notebook/tallyPanel.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

async function shared(fields: string) {
  vi.unstubAllGlobals()
  const document = await parseText(`\`\`\`softscope tally #t\n${fields}\n\`\`\`\n`)
  const notebook = createNotebook(document, { surroundings: bareSurroundings(), panels: [tallyPanel()] })
  vi.stubGlobal('location', { href: 'https://x.example/#old' })
  vi.stubGlobal('document', { baseURI: 'https://x.example/' })
  return shareables({ fragment: async () => '#new' }, notebook)
}

it('what is shared is the page’s new link, a frame for each panel, and whether a file goes with it', async () => {
  const plain = await shared('factor: 2')
  expect(plain).toMatchObject({ link: 'https://x.example/#new', bringsData: false })
  expect(plain.frames.map(({ address }) => address.split('#')[0])).toEqual(['https://x.example/embed.html'])
  const brought = await shared(`parts: [{ id: data-${'1'.repeat(32)}, share: 1 }]`)
  expect(brought.bringsData).toBe(true)
})

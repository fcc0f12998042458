import { expect, it } from 'vitest'
import { onePanel } from '../../src/embed/onePanel.ts'
import { encodeFragment } from '../../src/notebook/fragment.ts'
import { parseNotebook } from '../../src/notebook/parseNotebook.ts'

const two =
  '# Two\n\n```softscope activations #a\nlogits: [1, 0]\n```\n\n> ````softscope activations #b version=3\n> note: "```"\n> ````\n'
const fetchDocument = (id: string) =>
  id === 'known' ? Promise.resolve(parseNotebook(two)) : Promise.reject(new Error(`The server answered 404 for ${id}.`))
const saved = { id: 'bars', type: 'activations', version: 1, experiment: { logits: [3, 4] } }

it('a link of one panel gives that panel, with its experiment', async () => {
  const link = await encodeFragment({ notebook: null, panels: [saved], theme: null })
  const panel = await onePanel(link, null, fetchDocument)
  expect(panel).toMatchObject({ id: 'bars', saved: [saved], notices: [] })
  expect(panel.document.panels.map(({ id, type }) => [id, type])).toEqual([['bars', 'activations']])
})

it('a link of a whole page gives its first panel, or the one asked for, whatever stands in its fence', async () => {
  const link = await encodeFragment({ notebook: { text: two }, panels: [], theme: null })
  expect((await onePanel(link, null, fetchDocument)).id).toBe('a')
  const [fence] = (await onePanel(link, 'b', fetchDocument)).document.panels
  expect([fence?.id, fence?.version, fence?.body.trim()]).toEqual(['b', 3, 'note: "```"'])
})

it('the name of a built-in notebook is enough', async () => {
  const { document } = await onePanel('#known', 'a', fetchDocument)
  expect(document.panels.map(({ written }) => written)).toEqual([{ value: { logits: [1, 0] } }])
  expect(document.root.children).toEqual([document.panels[0]?.node])
})

it('an address without a panel says so, and one with a panel that is not there names it', async () => {
  expect((await onePanel('', null, fetchDocument)).notices).toEqual([
    'This frame’s address names no panel. Copy the frame’s code again from Share.',
  ])
  expect((await onePanel('#known', 'c', fetchDocument)).notices).toEqual(['This frame’s address has no panel #c.'])
  expect((await onePanel('#gone', null, fetchDocument)).notices[0]).toBe('The server answered 404 for gone.')
})

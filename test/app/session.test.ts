import { describe, expect, it } from 'vitest'
import { createSession } from '../../src/app/session.ts'
import type { NotebookDocument } from '../../src/notebook/document.ts'
import { encodeFragment } from '../../src/notebook/fragment.ts'
import { parseNotebook } from '../../src/notebook/parseNotebook.ts'
import type { Surroundings } from '../../src/notebook/surroundings.ts'

const refuse = () => {
  throw new Error('session.test: a text without panels asks nothing of its surroundings')
}
const surroundings: Surroundings = {
  engine: { status: refuse, subscribe: refuse, choose: refuse, rows: refuse },
  computeElsewhere: refuse,
  readTable: refuse,
  data: { keep: refuse, find: refuse },
  files: { base: '', keep: refuse, find: refuse },
}
const titled = (id: string) => Promise.resolve(parseNotebook(`# Built-in ${id}\n`))
const session = () => createSession(surroundings, titled)
const title = (of: ReturnType<typeof session>) => of.getState().notebook?.document.title

describe('open', () => {
  it('opens the first built-in notebook for an empty fragment, and the named one for its id', async () => {
    const page = session()
    expect(await page.open('')).toBe(true)
    expect(title(page)).toBe('Built-in softmax-and-its-rivals')
    expect(await page.open('#empty')).toBe(true)
    expect([title(page), page.getState().builtIn]).toEqual(['Built-in empty', 'empty'])
  })

  it('leaves the notebook alone for the name of a heading', async () => {
    const page = session()
    await page.open('#empty')
    expect(await page.open('#sources')).toBe(false)
    expect(title(page)).toBe('Built-in empty')
  })

  it('says at the start that a name is no notebook, unless it is a heading of the first', async () => {
    const page = session()
    await page.open('#zzz')
    expect(page.getState().notices).toEqual([
      expect.stringMatching(/^This page has no notebook “zzz”; it has #softmax-and-its-rivals.* instead\.$/),
    ])
    const other = session()
    await other.open('#built-in-softmax-and-its-rivals')
    expect(other.getState().notices).toEqual([])
  })

  it('opens an own text from a link, and gives the same link back', async () => {
    const link = await encodeFragment({ notebook: { text: '# Mine\n\nα → β\n' }, panels: [], theme: null })
    const page = session()
    await page.open(link)
    expect([title(page), page.getState().builtIn, page.getState().notices]).toEqual(['Mine', null, []])
    expect(await page.fragment()).toBe(link)
  })

  it('says that a built-in notebook of a later page is not here, and opens the first instead', async () => {
    const page = session()
    await page.open(await encodeFragment({ notebook: { builtIn: 'not-yet' }, panels: [], theme: null }))
    expect(page.getState().notices).toEqual([
      'This page has no notebook “not-yet”. Here is “Softmax and its rivals” instead.',
    ])
    expect(title(page)).toBe('Built-in softmax-and-its-rivals')
  })

  it('says why a notebook could not be fetched, and shows a page that can still open files', async () => {
    const page = createSession(surroundings, () => Promise.reject(new Error('The server answered 503.')))
    await page.open('')
    expect(page.getState().notices).toEqual(['The server answered 503.'])
    expect(title(page)).toBe('Nothing to show')
  })

  it('shows the notebook asked for last when an earlier one comes later', async () => {
    const waiting = new Map<string, (document: NotebookDocument) => void>()
    const page = createSession(surroundings, (id) => new Promise((resolve) => waiting.set(id, resolve)))
    const early = page.open('#softmax-and-its-rivals')
    const late = page.open('#empty')
    while (waiting.size < 2) await Promise.resolve()
    waiting.get('empty')!(parseNotebook('# Late\n'))
    await late
    waiting.get('softmax-and-its-rivals')!(parseNotebook('# Early\n'))
    await early
    expect(title(page)).toBe('Late')
  })
})

describe('openText', () => {
  it('is one step: undo gives the notebook before it back, redo the text', async () => {
    const page = session()
    await page.open('#empty')
    expect([page.getState().canUndo, page.getState().canRedo]).toEqual([false, false])
    await page.openText('# Mine\n')
    expect([title(page), page.getState().canUndo]).toEqual(['Mine', true])
    page.undo()
    expect([title(page), page.getState().builtIn, page.getState().canRedo]).toEqual(['Built-in empty', 'empty', true])
    page.redo()
    expect(title(page)).toBe('Mine')
    page.redo()
    expect(title(page)).toBe('Mine')
  })

  it('after an undo drops what was undone: there is one line of steps', async () => {
    const page = session()
    await page.open('#empty')
    await page.openText('# One\n')
    page.undo()
    await page.openText('# Two\n')
    page.undo()
    page.redo()
    expect([title(page), page.getState().canRedo]).toEqual(['Two', false])
  })
})

it('a built-in notebook as it came has its id for a fragment', async () => {
  const page = session()
  await page.open('')
  expect(await page.fragment()).toBe('#softmax-and-its-rivals')
})

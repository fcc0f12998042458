import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { documentOf, type NotebookTree } from '../../src/notebook/document.ts'
import { parseNotebook } from '../../src/notebook/parseNotebook.ts'
import { readNotebook } from '../../vite.config.ts'

const folder = new URL('../../public/notebooks/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.md'))

it('there is more than one built-in notebook to read', () => {
  expect(names.length).toBeGreaterThan(1)
})

it.each(names)('%s as the build writes it is the document that its text is', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  expect(documentOf(JSON.parse(readNotebook(text)) as NotebookTree)).toEqual(parseNotebook(text))
})

it('a notebook with a number that JSON cannot say is refused by the build', () => {
  expect(() => readNotebook('```softscope activations\nlogits: [.inf, 1]\n```\n')).toThrow('cannot say')
})

import { expect, it } from 'vitest'
import { fileName, isMarkdown, readMarkdown } from '../../src/app/markdownFile.ts'

it.each([
  ['Softmax and its rivals', 'softmax-and-its-rivals.md'],
  ['Größe & α', 'gro-e.md'],
  ['…', 'notebook.md'],
  ['../../etc', 'etc.md'],
])('the title %j is saved as %j', (title, name) => {
  expect(fileName(title)).toBe(name)
})

it('a .md file is a notebook by its name, whatever type the browser gives it; a .csv is not', () => {
  expect([new File([], 'a.MD'), new File([], 'a.markdown'), new File([], 'a.csv')].map(isMarkdown)).toEqual([
    true,
    true,
    false,
  ])
})

it('a notebook of 3 MiB is refused with its size', async () => {
  const large = new File([new Uint8Array(3 * 2 ** 20)], 'large.md')
  await expect(readMarkdown(large)).rejects.toThrow('large.md has 3.0 MiB; a notebook may have 2.')
})

it('bytes that are no UTF-8 are refused, not shown as question marks', async () => {
  const bytes = new File([new Uint8Array([0x23, 0x20, 0xff, 0xfe])], 'odd.md')
  await expect(readMarkdown(bytes)).rejects.toThrow('odd.md is not UTF-8 text')
})

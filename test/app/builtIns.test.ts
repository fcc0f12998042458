import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { builtInById, builtIns, emptyNotebook } from '../../src/app/builtIns.ts'

const folder = new URL('../../public/notebooks/', import.meta.url)

it('every file of public/notebooks is in the index, and every entry has its file', () => {
  const files = readdirSync(folder).map((name) => name.replace(/\.md$/, ''))
  expect(files.sort()).toEqual([...builtIns, emptyNotebook].map(({ id }) => id).sort())
})

it.each(builtIns)('the menu calls $id by its own first heading', ({ id, title }) => {
  const text = readFileSync(new URL(`${id}.md`, folder), 'utf8')
  expect(/^# (.+)$/m.exec(text)?.[1]).toBe(title)
})

it('a bare address opens softmax-and-its-rivals', () => {
  expect(builtIns[0]?.id).toBe('softmax-and-its-rivals')
})

it('an id that no notebook has gives undefined, and so does a path out of the folder', () => {
  expect([builtInById('nothing'), builtInById('../index'), builtInById('')]).toEqual([undefined, undefined, undefined])
})

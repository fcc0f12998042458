import type { Root } from 'react-dom/client'
import { parse } from 'valibot'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { schema } from '../../src/panels/argmaxGeometry/experiment.ts'
import { argmaxGeometryPanel } from '../../src/panels/argmaxGeometry/index.ts'
import type { ExperimentStore } from '../../src/panels/experimentStore.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'
import { mounted } from './mounted.ts'

let root: Root
let place: HTMLElement
let store: ExperimentStore<Record<string, unknown>>

beforeEach(async () => {
  ;({ place, root } = mounted())
  root.render(<LivePanel panel={argmaxGeometryPanel} onStore={(made) => void (store = made)} width={900} />)
  await shown()
})

const shown = () => vi.waitFor(() => expect(place.querySelector('.geo-card')).not.toBeNull(), 20_000)
const experiment = () => parse(schema, store.getState().experiment)
const press = (name: RegExp | string) => userEvent.click(page.getByRole('button', { name }))
const source = () => place.querySelector('.geo-source')?.textContent
const slider = (name: string) => place.querySelector<HTMLElement>(`[role=slider][aria-label="${name}"]`)

async function paste(text: string): Promise<void> {
  await press('Own matrix')
  await userEvent.fill(page.getByRole('textbox', { name: 'Numbers' }), text)
  await press('Use these numbers')
}
const closed = () => vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull(), 20_000)

/** Four tokens, of which the last is the mean of the others. */
const triangle = [
  [1, 0],
  [0, 1],
  [-1, -1],
  [0, 0],
]

describe('a matrix of one’s own', () => {
  const inSpace = triangle.map((row) => [...row, 0, 0])

  it.each([
    ['CSV', inSpace.map((row) => row.join(',')).join('\n')],
    ['JSON', JSON.stringify(inSpace)],
  ])('is pasted as %s', async (_, text) => {
    await paste(text)
    await closed()
    await vi.waitFor(() => expect(source()).toContain('pasted'), 20_000)
    await vi.waitFor(() => expect(place.querySelector('.geo-verdict')?.textContent).toBe('can never win'))
    expect(place.querySelector('.geo-ways')?.textContent).toContain('1 can never win')
  })

  it('of a few tokens in a plane is written into the experiment, with its words as names', async () => {
    await paste('king,1,0\nqueen,0,1\nrook,-1,-1\npawn,0,0')
    await closed()
    expect(experiment()).toMatchObject({ W: triangle, file: null, names: ['king', 'queen', 'rook', 'pawn'] })
    await vi.waitFor(() => expect(place.querySelectorAll('[data-token]')).toHaveLength(4))
  })

  it('with a hole is refused by its place; the text and the layer stay, and it can be mended', async () => {
    const before = experiment()
    await paste('1,2\n3,nan\n')
    await expect.element(page.getByText(/pasted: the entry at row 1, column 1 .* What was there stays\./)).toBeVisible()
    expect(experiment()).toEqual(before)
    await userEvent.fill(page.getByRole('textbox', { name: 'Numbers' }), '1,2\n3,4\n')
    await press('Use these numbers')
    await closed()
    expect(experiment().W).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('is chosen as a file in the same dialog, or dropped on the panel', async () => {
    const files = (text: string, name: string) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], name))
      return transfer
    }
    await press('Own matrix')
    const input = document.querySelector<HTMLInputElement>('dialog input[type=file]')!
    input.files = files('1,0\n0,1\n-1,-1\n', 'chosen.csv').files
    input.dispatchEvent(new Event('change', { bubbles: true }))
    await vi.waitFor(() => expect(source()).toContain('chosen.csv'), 20_000)
    const dataTransfer = files('1,0\n0,1\n', 'dropped.csv')
    place.querySelector('.geo')!.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer }))
    await vi.waitFor(() => expect(source()).toContain('dropped.csv'), 20_000)
    await closed()
  })
})

describe('a part of a matrix', () => {
  const rows = [...triangle, [9, 9]].map((row) => [...row, 7, 7])

  it('is taken by the keyboard: fewer rows and columns, and from another row', async () => {
    await paste(JSON.stringify(rows))
    await closed()
    await vi.waitFor(() => expect(source()).toContain('Taken: '), 20_000)
    expect(slider('rows taken')).toBeNull()
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'how much of the matrix is taken' }), 'a part')
    expect(source()).toContain('5 of 5 rows; 4 of 4 columns')
    slider('rows taken')!.focus()
    await userEvent.keyboard('{ArrowLeft}')
    slider('columns taken')!.focus()
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
    expect(experiment()).toMatchObject({ rows: [0, 4], columns: [0, 2] })
    await vi.waitFor(() => expect(place.querySelector('.geo-verdict')?.textContent).toBe('can never win'))
    slider('first row, counted from 0')!.focus()
    await userEvent.keyboard('{End}')
    expect(experiment()).toMatchObject({ rows: [1, 5], columns: [0, 2] })
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'how much of the matrix is taken' }), 'all of it')
    expect(experiment()).toMatchObject({ rows: null, columns: null })
  })

  it('says in words how many may be taken, and keeps what was there', async () => {
    await paste(JSON.stringify(rows))
    await closed()
    await vi.waitFor(() => expect(source()).toContain('Taken: '), 20_000)
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'how much of the matrix is taken' }), 'a part')
    slider('rows taken')!.focus()
    await userEvent.keyboard('9')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByText(/a whole number from 2 to 5/)).toBeVisible()
    expect(experiment().rows).toBeNull()
  })
})

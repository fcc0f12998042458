import { parse } from 'valibot'
import { expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ExperimentStore } from '../../src/panels/experimentStore.ts'
import { defaults, schema } from '../../src/panels/rank/experiment.ts'
import { rankPanel } from '../../src/panels/rank/index.ts'
import { Settings } from '../../src/panels/rank/Settings.tsx'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'
import { mounted } from './mounted.ts'
import { rankOf } from './rankMatrices.ts'

it('rank takes a pasted matrix as it is, and a part of it: of the 3 by 3 identity the first two rows have rank 2', async () => {
  const { place, root } = mounted()
  let store: ExperimentStore<Record<string, unknown>> | undefined
  root.render(<LivePanel panel={rankPanel} onStore={(made) => void (store = made)} width={900} />)
  const experiment = () => parse(schema, store!.getState().experiment)
  const tolerance = () => place.querySelector('.rank-decisions')?.textContent

  await userEvent.click(page.getByRole('button', { name: 'Own matrix' }))
  await userEvent.fill(page.getByRole('textbox', { name: 'Numbers' }), '[[1, 0, 0], [0, 1, 0], [0, 0, 1]]')
  await userEvent.click(page.getByRole('button', { name: 'Use these numbers' }))
  await vi.waitFor(() => expect(tolerance()).toContain('tolerance: 3'), 20_000)
  expect(experiment()).toMatchObject({ view: 'logits', precision: 'as-stored', rows: null, columns: null })

  // Few rows are counted in whole ones, and called rows.
  await vi.waitFor(() => expect(place.querySelectorAll('svg')).toHaveLength(2), 20_000)
  const [spectrum, ranks] = place.querySelectorAll('svg')
  const numbers = (figure: Element) =>
    [...figure.querySelectorAll('.axis text')]
      .map(({ textContent }) => textContent)
      .filter((text) => /^[\d.]+$/.test(text))
  expect(numbers(spectrum!)).toEqual(expect.arrayContaining(['0', '1', '2', '3', '4']))
  expect(numbers(ranks!)).toEqual(expect.arrayContaining(['0', '1', '2', '3', '4']))
  expect(numbers(ranks!).filter((text) => text.includes('.'))).toEqual([])
  await userEvent.click(page.getByRole('button', { name: 'Table' }))
  expect(place.textContent).toContain('first rows')

  await userEvent.selectOptions(page.getByRole('combobox', { name: 'how much of the matrix is taken' }), 'a part')
  place.querySelector<HTMLElement>('[role=slider][aria-label="rows taken"]')!.focus()
  await userEvent.keyboard('{ArrowLeft}')
  expect(experiment().rows).toEqual([0, 2])
  await vi.waitFor(() => expect(tolerance()).toContain('tolerance: 2'), 20_000)
})

it('while another matrix is read, nothing is said of its size by the one before', async () => {
  const { place, root } = mounted()
  const text = new TextEncoder().encode('1,0,0\n0,1,0\n0,0,1\n')
  const result = await rankOf({ file: 'old.csv' }, { files: { 'old.csv': text } })
  const show = (file: string, rows: [number, number] | null) =>
    root.render(<Settings experiment={{ ...defaults, file, rows }} edit={() => undefined} result={result} />)
  show('old.csv', [0, 2])
  await vi.waitFor(() => expect(place.textContent).toContain('2 of 3 rows'))
  expect(place.textContent).toMatch(/^old\.csv, as/)
  show('new.npy', [0, 2048])
  await vi.waitFor(() => expect(place.textContent).toMatch(/^Your matrix, as/))
  expect(place.textContent).not.toMatch(/old|2048|of 3|rows/)
})

it('one decimal is offered in the singular', async () => {
  const { place, root } = mounted()
  root.render(<Settings experiment={defaults} edit={() => undefined} result={null} />)
  const offered = () =>
    Array.from(place.querySelectorAll('[aria-label="precision"] option'), (option) => option.textContent)
  await vi.waitFor(() => expect(offered()).toContain('1 decimal'))
  expect(offered()).not.toContain('1 decimals')
})

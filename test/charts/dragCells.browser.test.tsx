import { useState } from 'react'
import { expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import '../../src/charts/tokens.css'
import { DragCells } from '../../src/charts/DragCells.tsx'
import { nextFrame, rendered } from './rendered.tsx'

interface Change {
  readonly cell: readonly [row: number, column: number]
  readonly weight: number
}

/** Two by two; a full cell is 1, and a typed weight must be at least 0. */
function Cells({ changes }: { readonly changes: Change[] }) {
  const [rows, setRows] = useState([
    [0.2, 0.1],
    [0.3, 0.4],
  ])
  return (
    <>
      <DragCells
        label="weights"
        rows={rows}
        rowNames={['x1', 'x2']}
        columnNames={['y1', 'y2']}
        high={1}
        cell={40}
        spoken={(r, c) => `weight ${rows[r]![c]}`}
        problem={(_r, _c, weight) => (weight >= 0 ? null : '0 or more')}
        onChange={(row, column, weight) => {
          changes.push({ cell: [row, column], weight })
          setRows((before) => before.map((each, r) => (r === row ? each.with(column, weight) : each)))
        }}
      />
      <button type="button">elsewhere</button>
    </>
  )
}

const cellOf = (place: HTMLElement, name: string) =>
  place.querySelector<HTMLElement>(`[role=slider][aria-label="${name}"]`)!
const field = (place: HTMLElement) => place.querySelector<HTMLInputElement>('input')

async function settled(): Promise<void> {
  await nextFrame()
  await nextFrame()
}

it('a digit begins to type where the focus is, Enter takes the weight and gives the focus back', async () => {
  const changes: Change[] = []
  const place = await rendered(<Cells changes={changes} />)
  cellOf(place, 'x1, y1').focus()
  await userEvent.keyboard('{ArrowRight}0,75')
  expect(field(place)?.getAttribute('aria-label')).toBe('x1, y2')
  await userEvent.keyboard('{Enter}')
  await settled()
  expect(changes).toEqual([{ cell: [0, 1], weight: 0.75 }])
  expect(field(place)).toBeNull()
  expect(document.activeElement).toBe(cellOf(place, 'x1, y2'))
  await userEvent.keyboard('{ArrowUp}')
  expect(changes.at(-1)?.weight).toBe(0.77)
})

it('while one types, arrows move in the text and change no weight', async () => {
  const changes: Change[] = []
  const place = await rendered(<Cells changes={changes} />)
  cellOf(place, 'x2, y1').focus()
  await userEvent.keyboard('5{ArrowLeft}2{ArrowUp}{Enter}')
  expect(changes).toEqual([{ cell: [1, 0], weight: 25 }])
})

it('a press opens the weight, to be replaced; Escape keeps it, and a weight that cannot be is told', async () => {
  const changes: Change[] = []
  const place = await rendered(<Cells changes={changes} />)
  await userEvent.click(cellOf(place, 'x2, y2'))
  await settled()
  expect(field(place)?.value).toBe('0.4')
  await userEvent.keyboard('-1{Enter}')
  expect(place.querySelector('[role=alert]')?.textContent).toBe('It must be 0 or more.')
  await userEvent.keyboard('{Escape}')
  await settled()
  expect(changes).toEqual([])
  expect(document.activeElement).toBe(cellOf(place, 'x2, y2'))
})

it('a press on another cell takes what was typed, and opens that cell with its own weight', async () => {
  const changes: Change[] = []
  const place = await rendered(<Cells changes={changes} />)
  cellOf(place, 'x1, y1').focus()
  await userEvent.keyboard('0.9')
  await userEvent.click(cellOf(place, 'x2, y1'))
  await settled()
  expect(changes).toEqual([{ cell: [0, 0], weight: 0.9 }])
  expect(field(place)?.getAttribute('aria-label')).toBe('x2, y1')
  expect(field(place)?.value).toBe('0.3')
})

it('the field fills its cell, so that the mouse press that follows a tap keeps it open', async () => {
  const place = await rendered(<Cells changes={[]} />)
  await userEvent.click(cellOf(place, 'x1, y1'))
  await settled()
  for (const y of [2, 20, 36]) {
    await userEvent.click(place.querySelector('.is-typing')!, { position: { x: 20, y } })
    expect(document.activeElement).toBe(field(place))
  }
})

it('a press elsewhere takes what was typed and does not steal the focus back', async () => {
  const changes: Change[] = []
  const place = await rendered(<Cells changes={changes} />)
  cellOf(place, 'x1, y1').focus()
  await userEvent.keyboard('0.9')
  const elsewhere = place.querySelector('button')!
  await userEvent.click(elsewhere)
  await settled()
  expect(changes).toEqual([{ cell: [0, 0], weight: 0.9 }])
  expect(document.activeElement).toBe(elsewhere)
})

it.each([
  ['x1, y1', 'below'],
  ['x1, y2', 'below'],
  ['x2, y2', 'above'],
] as const)(
  'a table that scrolls cuts neither the field of %s nor what is said of it, which stands %s',
  async (name, side) => {
    const place = await rendered(
      <div data-cut style={{ width: 150, overflow: 'auto' }}>
        <Cells changes={[]} />
      </div>,
    )
    cellOf(place, name).focus()
    await userEvent.keyboard('{Enter}-1')
    const cut = place.querySelector('[data-cut]')!
    expect(cut.scrollWidth).toBe(cut.clientWidth)
    expect(cut.scrollHeight).toBe(cut.clientHeight)
    const [typed, complaint] = ['input', '[role=alert]'].map((each) =>
      place.querySelector(each)!.getBoundingClientRect(),
    )
    const gaps = { below: complaint!.top - typed!.bottom, above: typed!.top - complaint!.bottom }
    expect(gaps[side]).toBeGreaterThanOrEqual(0)
  },
)

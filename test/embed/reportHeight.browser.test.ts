import { expect, it, vi } from 'vitest'
import { reportHeight, type HeightMessage } from '../../src/embed/reportHeight.ts'

it('an element of 120 px that grows to 200.4 px tells 120, then 201, and nothing after it was ended', async () => {
  const element = document.createElement('div')
  element.style.height = '120px'
  document.body.append(element)
  const told: HeightMessage[] = []
  const end = reportHeight(element, 'bars', (message) => told.push(message))
  await vi.waitFor(() => expect(told).toEqual([{ type: 'softscope:height', id: 'bars', height: 120 }]))
  element.style.height = '200.4px'
  await vi.waitFor(() => expect(told.map(({ height }) => height)).toEqual([120, 201]))
  end()
  element.style.height = '90px'
  // Two frames: an observer that still lived would have told by then.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  expect(told).toHaveLength(2)
  element.remove()
})

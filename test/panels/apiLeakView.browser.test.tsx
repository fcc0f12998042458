import type { Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page } from 'vitest/browser'
import { apiLeakPanel } from '../../src/panels/apiLeak/index.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'
import { mounted } from './mounted.ts'

let root: Root
let place: HTMLElement
beforeEach(() => {
  ;({ place, root } = mounted())
})
afterEach(() => page.viewport(1280, 800))

/** Shown in a window of this many pixels, all its guards tried. */
async function show(width: number, experiment: Record<string, unknown>): Promise<void> {
  await page.viewport(width, 800)
  root.render(<LivePanel panel={apiLeakPanel} experiment={experiment} width={Math.min(width - 24, 1000)} />)
  await vi.waitFor(() => expect(place.querySelector('.leak-guards')?.textContent).toMatch(/impossible[^…]*$/), {
    timeout: 50_000,
    interval: 200,
  })
}

describe('the api-leak panel', () => {
  it.each([320, 600, 1280])('shows every number of the guards at %i px, none beyond an edge', async (width) => {
    await show(width, { outputs: 14 })
    const table = place.querySelector<HTMLElement>('.leak-guards')!
    expect(table.scrollWidth).toBeLessThanOrEqual(table.clientWidth)
    const edge = table.getBoundingClientRect().right
    for (const cell of table.querySelectorAll('td')) expect(cell.getBoundingClientRect().right).toBeLessThan(edge + 1)
    // Titles stand above the columns, or in each cell.
    const inCells = getComputedStyle(table.querySelector('td')!, '::before').content
    const above = table.querySelector<HTMLElement>('thead')!.offsetHeight > 0
    expect(above ? inCells : inCells.slice(1, -1)).toBe(above ? 'none' : 'calls an output')
  })

  it('keeps the title of an axis clear of the number at its upper end', async () => {
    await show(390, { outputs: 14, step: 'count', collected: 14 })
    const titles = ['directions above the errors', 'singular value, nats']
    for (const figure of place.querySelectorAll('.leak-figures svg')) {
      const texts = [...figure.querySelectorAll('.axis text')]
      const title = texts.find((text) => titles.includes(text.textContent))!.getBoundingClientRect()
      for (const text of texts) {
        if (titles.includes(text.textContent)) continue
        // Boxes of lines: with their leading, which may overlap by a pixel.
        expect(text.getBoundingClientRect().top).toBeGreaterThan(title.bottom - 1)
      }
    }
  })

  it('writes the numbers of the residual axis whole, that at its left end too', async () => {
    await show(390, { outputs: 14, step: 'compare', collected: 14 })
    const scale = place.querySelector('.leak-residuals > div > :last-child svg')!
    const texts = [...scale.querySelectorAll('.axis text')]
    expect(texts.length).toBeGreaterThan(2)
    const { left, right } = scale.getBoundingClientRect()
    for (const text of texts) {
      expect(text.getBoundingClientRect().left).toBeGreaterThanOrEqual(left)
      expect(text.getBoundingClientRect().right).toBeLessThanOrEqual(right)
    }
  })
})

import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import '../../src/charts/tokens.css'
import { panels } from '../../src/panels/index.ts'
import { LivePanel } from '../../stories/panels/LivePanel.tsx'

let root: Root
let place: HTMLElement
const faults: unknown[] = []

beforeEach(() => {
  place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place, { onUncaughtError: (error) => faults.push(error) })
})
afterEach(() => {
  root.unmount()
  place.remove()
  faults.length = 0
})

describe.each(panels.map((panel) => [panel.id, panel] as const))('the view of %s', (_id, panel) => {
  it('draws before there is a result', async () => {
    root.render(<LivePanel panel={panel} runs={false} />)
    await vi.waitFor(() => expect(place.textContent).not.toBe(''), 20_000)
    expect(faults).toEqual([])
  })

  it('draws a result, and every picture in it has a name', async () => {
    root.render(<LivePanel panel={panel} />)
    await vi.waitFor(() => expect(place.querySelector('svg, canvas')).not.toBeNull(), 40_000)
    expect(faults).toEqual([])
    for (const picture of place.querySelectorAll('svg[role=img]'))
      expect(picture.getAttribute('aria-label')?.trim()).toBeTruthy()
  })

  it('stays within a narrow phone', async () => {
    root.render(<LivePanel panel={panel} width={320} />)
    await vi.waitFor(() => expect(place.textContent).not.toBe(''), 20_000)
    expect(place.querySelector<HTMLElement>('div')!.scrollWidth).toBeLessThanOrEqual(320)
  })
})

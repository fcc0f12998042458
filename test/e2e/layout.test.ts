import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { builtIns } from '../../src/app/builtIns.ts'
import { barsOf, drawAll, laptop, phone, smallPhone, usePages } from './pages.ts'

const pages = usePages()

/** The notebook is there, and its first panel has drawn. */
async function settled(page: Page): Promise<void> {
  await barsOf(page).first().waitFor()
  await page.evaluate(() => document.fonts.ready)
}

/** The menu or dialog that is open. */
const opened = ':is(.menu:popover-open, dialog[open])'

/** Parts of the article that stick out of the page, by how they begin. */
const cutOff = (page: Page, width: number): Promise<string[]> =>
  page.evaluate((limit) => {
    // What lies in a part that scrolls by itself can be reached; what lies in the page cannot.
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    return [...document.querySelectorAll('main :is(p, h1, h2, li, button, svg)')]
      .filter((element) => element.getBoundingClientRect().right > limit + 0.5 && !scrolls(element.parentElement))
      .map((element) => element.outerHTML.slice(0, 80))
  }, width)

it.each([
  ['laptop', laptop],
  ['phone', phone],
])('on a %s nothing scrolls sideways, and nothing in the first article is cut off', async (_, viewport) => {
  const page = await pages.open('', { viewport })
  await settled(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width)
  expect(await cutOff(page, viewport.width)).toEqual([])
})

it.each(builtIns)(
  'on a small phone nothing of the notebook $id scrolls sideways or is cut off, once all has run',
  async ({ id }) => {
    const page = await pages.open(`#${id}`, { viewport: smallPhone })
    await drawAll(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(smallPhone.width)
    expect(await cutOff(page, smallPhone.width)).toEqual([])
  },
  120_000,
)

it('on a phone of 320 × 640 the first screen holds the handle of a bar', async () => {
  const page = await pages.open('', { viewport: smallPhone, hasTouch: true, isMobile: true })
  await settled(page)
  const bar = (await barsOf(page).first().boundingBox())!
  expect(bar.y + bar.height / 2).toBeLessThan(smallPhone.height)
})

describe('axe finds nothing to object to', () => {
  it.each([
    ...builtIns.map(({ id }) => ({ id, colorScheme: 'light', viewport: laptop }) as const),
    { id: builtIns[0]!.id, colorScheme: 'dark', viewport: laptop },
    { id: builtIns[0]!.id, colorScheme: 'light', viewport: phone },
  ] as const)(
    'in $id, $colorScheme, at $viewport.width px',
    async ({ id, colorScheme, viewport }) => {
      const page = await pages.open(`#${id}`, { colorScheme, viewport })
      await drawAll(page)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map((found) => [found.id, found.nodes.map(({ html }) => html)])).toEqual([])
    },
    120_000,
  )

  it.each(['Notebooks', 'Panels', 'Colours and computing', 'Share'])('in what %s opens', async (name) => {
    const page = await pages.open('#empty')
    await settled(page)
    await page.getByRole('button', { name, exact: true }).click()
    await page.locator(opened).waitFor()
    const { violations } = await new AxeBuilder({ page }).include(opened).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
})

it('the first bar can be dragged above the fold of a laptop', async () => {
  const page = await pages.open('')
  await settled(page)
  const box = await barsOf(page).first().boundingBox()
  expect(box!.y).toBeGreaterThan(0)
  expect(box!.y + box!.height).toBeLessThan(laptop.height)
})

it('the colour switch holds against the computer, and is remembered', async () => {
  const page = await pages.open('', { colorScheme: 'light' })
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await settled(page)
  const light = await ground()
  await page.getByRole('button', { name: 'Colours and computing' }).click()
  await page.getByRole('radio', { name: 'Dark' }).check()
  const dark = await ground()
  expect(dark).not.toBe(light)
  await page.reload()
  await settled(page)
  expect(await ground()).toBe(dark)
})

it('prints light, without the bar and the footer, with the text and the figures', async () => {
  const page = await pages.open('', { colorScheme: 'dark' })
  await settled(page)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await page.locator('.page-header').isVisible()).toBe(false)
  expect(await page.locator('.page-footer').isVisible()).toBe(false)
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(26, 26, 26)')
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true)
  expect(await page.locator('main figure svg[role=img]').first().isVisible()).toBe(true)
})

it('is read and used by keyboard alone: skip link, a panel, a menu, and back', async () => {
  const page = await pages.open('')
  await settled(page)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the notebook')
  await page.keyboard.press('Enter')
  const isBar = () => page.evaluate(() => document.activeElement?.getAttribute('aria-orientation') === 'vertical')
  let presses = 0
  for (; presses < 20 && !(await isBar()); presses++) await page.keyboard.press('Tab')
  expect(presses).toBeLessThan(20)
  const before = await barsOf(page).first().getAttribute('aria-valuenow')
  await page.keyboard.press('ArrowUp')
  expect(await barsOf(page).first().getAttribute('aria-valuenow')).not.toBe(before)
  await page.getByRole('button', { name: 'Notebooks' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Softmax and its rivals')
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Notebooks')
})

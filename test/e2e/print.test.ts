import { expect, inject, it } from 'vitest'
import { usePages } from './pages.ts'

const pages = usePages()

it('Ctrl+P draws every panel and sets every formula of the page before the browser prints it', async () => {
  const page = await pages.blank()
  await page.addInitScript(() => {
    window.print = () => document.documentElement.toggleAttribute('data-printed', true)
  })
  await page.goto(`${inject('page')}#softmax-and-its-rivals`)
  await page.locator('.panel-sentence').first().waitFor()
  const loading = page.locator('main :is(.panel-loading, .tex-source)')
  // The notebook is long enough to leave some of it unloaded.
  expect(await loading.count()).toBeGreaterThan(0)
  await page.keyboard.press('Control+p')
  await page.locator('html[data-printed]').waitFor()
  expect(await loading.count()).toBe(0)
  expect(await page.locator('main .panel').count()).toBe(await page.locator('main .panel-sentence').count())
})

it('on paper there is nothing to press, and the figures are no wider than the page', async () => {
  const page = await pages.open('#softmax-and-its-rivals')
  await page.locator('.panel-sentence').first().waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('main button:not(.scrub, .variant-name, .entry-name):visible').allTextContents()).toEqual(
    [],
  )
  const [panel, figure] = await Promise.all(
    ['.panel', '.panel .logits .frame'].map((each) => page.locator(each).first().boundingBox()),
  )
  expect(figure!.x + figure!.width).toBeLessThanOrEqual(panel!.x + panel!.width)
})

it('on paper a network that learns has neither a play button, nor a slider, nor a bar of progress', async () => {
  const page = await pages.open('#information-planes')
  const controls = page.locator('main :is(.transport button, .transport input, progress):visible')
  await page.locator('.transport').first().waitFor()
  expect(await controls.count()).toBeGreaterThan(0)
  await page.emulateMedia({ media: 'print' })
  expect(await controls.count()).toBe(0)
  expect(await page.locator('main .transport output:visible').count()).toBeGreaterThan(0)
})

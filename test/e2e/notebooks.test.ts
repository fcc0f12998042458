import { expect, it } from 'vitest'
import { builtIns, emptyNotebook } from '../../src/app/builtIns.ts'
import { barsOf, drawAll, usePages } from './pages.ts'

const pages = usePages()

it.each([...builtIns, emptyNotebook])(
  'every live part of the notebook $id works: each number is there, each link is taken',
  async ({ id }) => {
    const page = await pages.open(`#${id}`)
    await page.locator('.panel-sentence').first().waitFor()
    expect(await page.title()).toMatch(/ · softscope$/)
    await drawAll(page)
    for (const link of await page.locator('main .apply').all()) await link.click()
    await drawAll(page)
    await expect.poll(() => page.locator('main .value-waiting').count()).toBe(0)
    expect(await page.locator('main .value').count()).toBeGreaterThan(0)
    expect(
      await page.locator('main :is(.complaint, .dropped, .panel-broken, .panel-failed)').allTextContents(),
    ).toEqual([])
    expect(await page.getByRole('button', { name: 'Undo' }).isEnabled()).toBe(true)
  },
  180_000,
)

it('a step back in the browser’s history gives the notebook that was open before, as it was left', async () => {
  const page = await pages.open('#empty')
  const bar = barsOf(page).first()
  await bar.press('ArrowUp')
  const left = await bar.getAttribute('aria-valuenow')
  await page.waitForURL(/\.pbars~/)
  await page.getByRole('button', { name: 'Notebooks' }).click()
  await page.getByRole('link', { name: /Softmax and its rivals/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Softmax and its rivals' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'A notebook of your own' }).waitFor()
  expect(await barsOf(page).first().getAttribute('aria-valuenow')).toBe(left)
})

import { expect, it } from 'vitest'
import { encodeFragment } from '../../src/notebook/fragment.ts'
import { barsOf, usePages } from './pages.ts'

const pages = usePages()

const hostile = `# A stranger's notebook <script>window.broken = 1</script>

<script>window.broken = 2</script>

<img src=x onerror="window.broken = 3"> <svg onload="window.broken = 4"></svg> <iframe srcdoc="<script>parent.broken=5</script>"></iframe>

[a link](javascript:window.broken=6) <javascript:window.broken=7> [data](data:text/html,<script>parent.broken=8</script>)

![picture](javascript:window.broken=9) ![quote](x" onerror="window.broken=10)

$\\href{javascript:window.broken=11}{x}$ $\\htmlData{onclick=window.broken=12}{y}$ $\\includegraphics[alt=z]{javascript:window.broken=13}$

:value[bars.constructor.constructor]{onclick="window.broken=14"} :apply[press]{panel=bars onclick="window.broken=15" logits="[1, 0]"} :scrub[bars.__proto__.broken]{min=0 max=1}

\`\`\`softscope activations #bars
names: ["<img src=x onerror=window.broken=16>", "\\"><script>window.broken=17</script>"]
logits: [1, 0]
__proto__: {broken: 18}
\`\`\`

\`\`\`softscope <script>window.broken=19</script> #x
\`\`\`

The end.
`

it('a notebook from a stranger runs nothing, links to nothing that runs, and is still shown', async () => {
  const page = await pages.open(await encodeFragment({ notebook: { text: hostile }, panels: [], theme: null }))
  await page.getByText('The end.').waitFor()
  await barsOf(page).first().waitFor()
  for (const link of await page.locator('main a').all()) {
    const href = (await link.getAttribute('href')) ?? ''
    expect(href).not.toMatch(/^\s*(javascript|data|vbscript):/i)
  }
  for (const press of await page.getByText('press', { exact: true }).all()) await press.click()
  // Ten frames: anything that would run at load or after the click has run by then.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame)
  })
  expect(await page.evaluate(() => (window as { broken?: number }).broken)).toBeUndefined()
  expect(await page.evaluate(() => (({}) as { broken?: number }).broken)).toBeUndefined()
  expect(await page.locator('main :is(script, iframe, object, embed, [onerror], [onload], [onclick])').count()).toBe(0)
})

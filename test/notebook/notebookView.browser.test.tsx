import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../src/charts/tokens.css'
import { createNotebook, type Notebook } from '../../src/notebook/notebook.ts'
import { parseNotebook } from '../../src/notebook/parseNotebook.ts'
import { NotebookView } from '../../src/notebook/view/NotebookView.tsx'
import type { PanelViewProps, PanelResult } from '../../src/panels/contract.ts'
import { hostile } from './hostile.ts'
import { bareSurroundings, tallyPanel, type Tally } from './tallyPanel.ts'

let root: ReturnType<typeof createRoot>
let place: HTMLElement

beforeEach(() => {
  place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place, { onCaughtError: () => undefined })
})
afterEach(() => {
  root.unmount()
  place.remove()
})

function View({ experiment, result, edit }: PanelViewProps<Tally, PanelResult>) {
  if (experiment.note === 'throw') throw new Error('the view threw')
  return (
    <p>
      drawn: {JSON.stringify(result?.values['sum'])} <button onClick={() => edit({ factor: 99 })}>too much</button>
    </p>
  )
}
const panel = tallyPanel({ view: async () => View as never })

function show(text: string, panels = [panel]): Notebook {
  const notebook = createNotebook(parseNotebook(text), { surroundings: bareSurroundings(), panels })
  root.render(<NotebookView notebook={notebook} />)
  return notebook
}
const fence = (body: string, id = 't') => `\n\n\`\`\`softscope tally #${id} version=2\n${body}\n\`\`\`\n`
const experimentOf = (notebook: Notebook) => notebook.panel('t')!.getState().live!.experiments.getState().experiment

describe('numbers in the text', () => {
  it('are what the panel computes, in the format and unit asked for, and follow it', async () => {
    const notebook = show(
      `Sum :value[t.sum]{format=".2f" unit=nat}, half :value[t.by.a], :value[t.numbers].${fence('')}`,
    )
    await expect.element(page.getByText('6.00 nat')).toBeVisible()
    expect(place.querySelector('.notebook > p')?.textContent).toBe('Sum 6.00\u202fnat, half 3, 1, 2, 3.')
    notebook.panel('t')!.getState().live!.experiments.edit({ factor: 2 })
    await expect.element(page.getByText('12.00 nat')).toBeVisible()
  })

  it('that cannot be shown say what is missing, where, and what there is', async () => {
    show(`:value[t.summ] :value[x.sum] :value[t.by] :value[t.sum]{format="%%"} :value[t.sum]{fromat=x}${fence('')}`)
    await expect.element(page.getByText('#t has no “summ”; it has sum, by, numbers, word.')).toBeVisible()
    const complaints = [...place.querySelectorAll('.complaint small')].map((each) => each.textContent)
    expect(complaints).toEqual([
      '#t has no “summ”; it has sum, by, numbers, word.',
      'There is no panel #x; this notebook has #t.',
      '#t.by is a group of values; it has a, b.',
      '“%%” is no number format; .2f and .1% are.',
      ':value takes format, unit; there is no “fromat”.',
    ])
  })
})

it('a number of an entry that is gone is a quiet dash, with the reason', async () => {
  show(`Share :value[t.by.zebra].${fence('')}`)
  await expect.element(page.getByRole('img', { name: '#t.by has no “zebra”; it has a, b.' })).toBeVisible()
  expect(place.querySelector('.notebook > p')?.textContent).toBe('Share –.')
  expect(place.querySelector('.complaint')).toBeNull()
})

describe('a number to drag in the text', () => {
  it('changes the panel by arrow keys, within its range, and undoes', async () => {
    const notebook = show(`Share :scrub[t.parts.a.share]{min=0 max=1 step=0.1 label="share of a"}.${fence('')}`)
    const slider = page.getByRole('slider', { name: 'share of a' })
    await expect.element(slider).toHaveAttribute('aria-valuenow', '0.5')
    await userEvent.click(slider)
    await userEvent.keyboard('{Escape}')
    ;(slider.element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowUp}')
    await expect.element(slider).toHaveAttribute('aria-valuenow', '0.6')
    await userEvent.keyboard('{End}{ArrowUp}')
    await expect.element(slider).toHaveAttribute('aria-valuenow', '1')
    notebook.undo()
    notebook.undo()
    await expect.element(slider).toHaveAttribute('aria-valuenow', '0.5')
  })

  it('that leads nowhere, or has no range, says so', async () => {
    show(`:scrub[t.parts.b.share]{min=0 max=1} :scrub[t.factor]{min=0} :scrub[t.note]{min=0 max=1}${fence('')}`)
    await expect.element(page.getByText('#t.parts has no “b”; it has a.')).toBeVisible()
    await expect.element(page.getByText('It needs min and max, as in {min=1 max=3}.')).toBeVisible()
    await expect.element(page.getByText('#t.note is no number that one could drag.')).toBeVisible()
  })
})

describe('a link that sets an experiment', () => {
  it('sets several fields, whole or inside, as one step that can be undone', async () => {
    const notebook = show(`:apply[two *tie*]{panel=t numbers="[4, 4]" parts.a.share=1}${fence('')}`)
    await userEvent.click(page.getByRole('button', { name: 'two tie' }))
    expect(experimentOf(notebook)).toMatchObject({ numbers: [4, 4], parts: [{ id: 'a', share: 1 }] })
    notebook.undo()
    expect(experimentOf(notebook)).toMatchObject({ numbers: [1, 2, 3], parts: [{ id: 'a', share: 0.5 }] })
  })

  it('says what the panel refuses, and that YAML or a field is wrong', async () => {
    const notebook = show(
      `:apply[much]{panel=t factor=11} :apply[bad]{panel=t numbers="[1,"} :apply[none]{panel=t foo=1}${fence('')}`,
    )
    await userEvent.click(page.getByRole('button', { name: 'much', exact: true }))
    await expect.element(page.getByText('#t did not take this: factor', { exact: false })).toBeVisible()
    expect(experimentOf(notebook)).toMatchObject({ factor: 1 })
    await expect.element(page.getByText('numbers: The YAML cannot be read', { exact: false })).toBeVisible()
    await expect.element(page.getByText('#t has no “foo”; it has numbers, factor, parts, note.')).toBeVisible()
  })
})

describe('a panel on the page', () => {
  it('is a named figure that says why an edit was refused', async () => {
    show(fence(''))
    await expect.element(page.getByRole('figure', { name: 'Tally' })).toBeVisible()
    await expect.element(page.getByText('drawn: 6')).toBeVisible()
    await expect.element(page.getByText('drawn: 6')).toBeVisible()
    await userEvent.click(page.getByRole('button', { name: 'too much' }))
    await expect
      .element(page.getByText('That was not taken, and nothing changed: factor', { exact: false }))
      .toBeVisible()
  })

  it('speaks the sentence of what one sees when it has changed and settled, and not while it changes', async () => {
    const notebook = show(fence(''))
    await expect.element(page.getByText('The sum is 6.')).toBeVisible()
    const { edit } = notebook.panel('t')!.getState().live!.experiments
    for (const factor of [2, 3, 4]) edit({ factor })
    await expect.element(page.getByText('The sum is 24.')).toBeVisible()
    expect(place.querySelector('[role=status]')?.textContent).toBe('')
    await expect.poll(() => place.querySelector('[role=status]')?.textContent).toBe('The sum is 24.')
  })

  it('dims what the text reads of a run that goes on, and no longer when it is over', async () => {
    let finish = () => undefined as void
    const over = new Promise<void>((resolve) => (finish = resolve))
    const compute: typeof panel.compute = async () =>
      async function* (_experiment, { progress }) {
        progress(0.5, 'adding')
        yield { sentence: 'So far.', values: { sum: 1 } }
        await over
        yield { sentence: 'Over.', values: { sum: 2 } }
      }
    show(`:value[t.sum]${fence('')}`, [{ ...panel, compute }])
    const value = () => place.querySelector<HTMLElement>('.value')!
    await expect.element(page.getByText('So far.')).toBeVisible()
    expect([value().textContent, value().dataset['partial'], value().title]).toEqual([
      '1',
      'true',
      'so far: #t is still running',
    ])
    finish()
    await expect.element(page.getByText('Over.')).toBeVisible()
    await expect.poll(() => [value().textContent, value().dataset['partial']]).toEqual(['2', undefined])
  })

  it('whose run fails says why, runs again when asked, and says which data this browser lacks', async () => {
    const compute = vi
      .fn<typeof panel.compute>()
      .mockRejectedValueOnce(new Error('no numbers'))
      .mockImplementation(panel.compute)
    show(fence(`parts: [{ id: data-${'0'.repeat(32)}, share: 1 }]`), [{ ...panel, compute }])
    await expect.element(page.getByText('The computation failed: no numbers')).toBeVisible()
    await userEvent.click(page.getByRole('button', { name: 'Run it again' }))
    await expect.element(page.getByText('drawn: 6')).toBeVisible()
    await expect
      .element(page.getByText('#t shows numbers that this browser does not have', { exact: false }))
      .toBeVisible()
  })

  it('that is broken shows what is wrong beside its numbered text, opens with the defaults, and the rest goes on', async () => {
    show(`:value[u.sum]${fence('numbers: [1, x]')}${fence('factor: 2', 'u')}`)
    await expect.element(page.getByText('numbers.1: expected number, received "x".')).toBeVisible()
    await expect.element(page.getByText('1 numbers: [1, x]')).toBeVisible()
    await expect.element(page.getByText('drawn: 12')).toBeVisible()
    await userEvent.click(page.getByRole('button', { name: 'Open it with the defaults' }))
    await expect.element(page.getByText('drawn: 6')).toBeVisible()
  })

  it('whose view throws says so in its place, keeps the page, and recovers with the next edit', async () => {
    const notebook = show(`# Still here${fence('note: throw')}`)
    await expect.element(page.getByText('The figure #t cannot be drawn: the view threw')).toBeVisible()
    await expect.element(page.getByRole('heading', { name: 'Still here' })).toBeVisible()
    notebook.panel('t')!.getState().live!.experiments.edit({ note: 'fine' })
    await expect.element(page.getByText('drawn: 6')).toBeVisible()
  })

  it('whose view cannot be loaded says why and loads it when asked again', async () => {
    const view = vi
      .fn<typeof panel.view>()
      .mockRejectedValueOnce(new Error('no network'))
      .mockImplementation(panel.view)
    show(fence(''), [{ ...panel, view }])
    await expect.element(page.getByText('The figure could not be loaded: no network')).toBeVisible()
    await userEvent.click(page.getByRole('button', { name: 'Try again' }))
    await expect.element(page.getByText('drawn: 6')).toBeVisible()
  })

  it('far below the screen neither loads its view nor computes until it comes near', async () => {
    const view = vi.fn<typeof panel.view>(panel.view)
    const compute = vi.fn<typeof panel.compute>(panel.compute)
    show(`${'Line.\n\n'.repeat(200)}${fence('')}`, [{ ...panel, view, compute }])
    await expect.element(page.getByText('Loading the figure', { exact: false })).toBeInTheDocument()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect([view.mock.calls.length, compute.mock.calls.length]).toEqual([0, 0])
    document.getElementById('t')!.scrollIntoView()
    await expect.element(page.getByText('drawn: 6')).toBeVisible()
  })
})

describe('the article', () => {
  it('sets TeX for eyes and for screen readers, shows what is wrong in a bad formula, and follows no link of it', async () => {
    show('A $\\frac{1}{2}$, a bad $\\frac{1}$ and $\\href{javascript:pwned()}{x}$.')
    await expect.poll(() => place.querySelectorAll('.katex math').length).toBeGreaterThan(0)
    await expect.poll(() => place.querySelector('.katex-error')?.textContent).toContain('\\frac{1}')
    expect(place.querySelectorAll('.tex a')).toHaveLength(0)
    expect(place.querySelectorAll('.tex-source')).toHaveLength(0)
  })

  it('goes to its own headings without touching the address', async () => {
    show(`[down](#why-zeros)\n\n${'Line.\n\n'.repeat(200)}\n\n## Why zeros?\n`)
    const before = location.href
    await userEvent.click(page.getByRole('link', { name: 'down' }))
    await expect.poll(() => document.activeElement?.id).toBe('why-zeros')
    expect(location.href).toBe(before)
  })

  it('of a stranger runs no script, whatever one clicks', async () => {
    const pwned = vi.fn<() => void>()
    Object.assign(window, { pwned })
    show(hostile.join('\n\n'))
    await expect.element(page.getByText('\\href{javascript:pwned()}', { exact: false }).first()).toBeInTheDocument()
    for (const tex of place.querySelectorAll('.tex')) {
      tex.scrollIntoView()
      await expect.poll(() => tex.querySelector('.katex, .katex-error')).not.toBeNull()
    }
    place.addEventListener(
      'click',
      (event) => event.target instanceof Element && event.target.closest('a') && event.preventDefault(),
    )
    for (const each of place.querySelectorAll<HTMLElement>('*')) {
      each.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
      each.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
      each.focus()
    }
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(pwned).not.toHaveBeenCalled()
    expect(
      place.querySelectorAll('script, iframe, object, embed, form, style, link, [onclick], [onerror], [onload]'),
    ).toHaveLength(0)
  })
})

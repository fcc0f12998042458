import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { CopyField } from '../../src/app/CopyField.tsx'
import { EditDialog } from '../../src/app/EditDialog.tsx'
import { Menu } from '../../src/app/Menu.tsx'
import { ShareDialog } from '../../src/app/ShareDialog.tsx'
import { draw } from './draw.tsx'

describe('Menu', () => {
  it('opens on its button, closes on Escape, and gives the focus back', async () => {
    draw(<Menu label="Notebooks">{() => <button type="button">One</button>}</Menu>)
    await page.getByRole('button', { name: 'Notebooks' }).click()
    await expect.element(page.getByRole('button', { name: 'One' })).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByText('One')).not.toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Notebooks' })).toHaveFocus()
  })

  it('stays inside a window whose edge is near its button', async () => {
    draw(
      <div style={{ position: 'absolute', right: 0, top: 0 }}>
        <Menu label="Edge">{() => <p>Content of the menu</p>}</Menu>
      </div>,
    )
    await page.getByRole('button', { name: 'Edge' }).click()
    const { left, right } = page.getByText('Content of the menu').element().parentElement!.getBoundingClientRect()
    expect(left).toBeGreaterThanOrEqual(8)
    expect(right).toBeLessThanOrEqual(document.documentElement.clientWidth - 8)
  })
})

describe('CopyField', () => {
  it('says Copied when the clipboard took the text', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    draw(<CopyField label="Link" text="https://a.example/#b" action="Copy link" />)
    await page.getByRole('button', { name: 'Copy link' }).click()
    await expect.element(page.getByRole('status')).toHaveTextContent('Copied.')
    expect(write).toHaveBeenCalledWith('https://a.example/#b')
  })

  it('selects the text and says which keys copy it when the clipboard is refused', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('refused', 'NotAllowedError'))
    draw(<CopyField label="Link" text="https://a.example/#b" action="Copy link" />)
    await page.getByRole('button', { name: 'Copy link' }).click()
    await expect.element(page.getByRole('status')).toHaveTextContent('copy it with Ctrl+C')
    const field = page.getByLabelText('Link').element() as HTMLTextAreaElement
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('https://a.example/#b')
  })
})

it('ShareDialog says how long the link is, and gives the frame of the panel that is chosen', async () => {
  const frames = ['a', 'b'].map((id) => ({ id, title: 'Activations', address: `https://x.example/embed.html#${id}` }))
  draw(
    <ShareDialog
      link={`https://x.example/#${'y'.repeat(1212)}`}
      frames={frames}
      bringsData={false}
      onClose={() => {}}
    />,
  )
  await expect.element(page.getByText('1,231 characters', { exact: false })).toBeVisible()
  await expect.element(page.getByLabelText('The frame')).toHaveValue(expect.stringContaining('embed.html#a"'))
  await page.getByRole('combobox').selectOptions('b (Activations)')
  await expect.element(page.getByLabelText('The frame')).toHaveValue(expect.stringContaining('embed.html#b"'))
})

it('ShareDialog says that brought numbers are not in the link, where there are any', async () => {
  const about = page.getByText('must bring the same file', { exact: false })
  draw(<ShareDialog link="https://x.example/#y" frames={[]} bringsData={false} onClose={() => {}} />)
  await expect.element(about).not.toBeInTheDocument()
  draw(<ShareDialog link="https://x.example/#y" frames={[]} bringsData onClose={() => {}} />)
  await expect.element(about).toBeVisible()
})

function Editing({ onApply }: { readonly onApply: (text: string) => void }) {
  const [draft, setDraft] = useState('# Old')
  const [open, setOpen] = useState(true)
  if (!open)
    return (
      <button type="button" onClick={() => setOpen(true)}>
        Reopen
      </button>
    )
  return (
    <EditDialog
      draft={draft}
      applied="# Old"
      problemsOf={(text) => (text.includes('bad') ? ['Line 3, #a: logits: expected an array, received "bad".'] : [])}
      onDraft={setDraft}
      onApply={onApply}
      onClose={() => setOpen(false)}
    />
  )
}

describe('EditDialog', () => {
  it('shows what is wrong while one writes, and loses nothing when it is closed', async () => {
    draw(<Editing onApply={() => {}} />)
    const field = page.getByLabelText('The notebook in Markdown')
    await field.fill('# Old\n\nbad')
    await expect.element(page.getByText('Line 3, #a: logits: expected an array, received "bad".')).toBeVisible()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Reopen' }).click()
    await expect.element(field).toHaveValue('# Old\n\nbad')
    await page.getByRole('button', { name: 'Discard what I wrote' }).click()
    await expect.element(field).toHaveValue('# Old')
  })

  it('applies the text as it is written', async () => {
    const apply = vi.fn<(text: string) => void>()
    draw(<Editing onApply={apply} />)
    await expect.element(page.getByRole('button', { name: 'Apply' })).toBeDisabled()
    await page.getByLabelText('The notebook in Markdown').fill('# New')
    await page.getByRole('button', { name: 'Apply' }).click()
    expect(apply).toHaveBeenCalledWith('# New')
  })
})

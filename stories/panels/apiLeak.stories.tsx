import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { apiLeakPanel } from '../../src/panels/apiLeak/index.ts'
import { LivePanel } from './LivePanel.tsx'

const meta: Meta<typeof LivePanel> = {
  title: 'panels/api-leak',
  component: LivePanel,
  args: { panel: apiLeakPanel },
}
export default meta
type Story = StoryObj<typeof LivePanel>

const long = { timeout: 40_000 }
/** Until the last guard has been tried. */
const drawn: NonNullable<Story['play']> = async ({ canvasElement }) => {
  await waitFor(() => {
    void expect(canvasElement.querySelector('.leak-guards')?.textContent).toMatch(/impossible[^…]*$/)
  }, long)
}

export const First: Story = { play: drawn }
export const Dark: Story = { args: { theme: 'dark' }, play: drawn }
export const Phone: Story = { args: { width: 374 }, play: drawn }
export const Cancelled: Story = {
  args: { experiment: { formula: 'batch', bias: 20, truth: true, asked: Array.from({ length: 40 }, (_, i) => i) } },
  play: drawn,
}
export const Counted: Story = { args: { experiment: { step: 'count', collected: 16 } }, play: drawn }
export const NeverFlat: Story = {
  args: { experiment: { step: 'count', formula: 'batch', bias: 20, collected: 24 } },
  play: drawn,
}
export const Rebuilt: Story = {
  args: { experiment: { step: 'rebuild', collected: 13, rebuilt: 3, truth: true } },
  play: drawn,
}
export const Compared: Story = { args: { experiment: { step: 'compare' } }, play: drawn }
export const ComparedOnPhone: Story = { args: { experiment: { step: 'compare' }, width: 374 }, play: drawn }
export const Undecided: Story = { args: { experiment: { step: 'compare', guards: ['noise'] } }, play: drawn }
export const NoBias: Story = { args: { experiment: { guards: ['no-bias'] } }, play: drawn }
export const NamesOnly: Story = { args: { experiment: { guards: ['names-only'], asked: [0, 1, 2] } }, play: drawn }
export const Tiny: Story = { args: { experiment: { vocabulary: 20, hidden: 1, outputs: 3 } }, play: drawn }
export const Loading: Story = { args: { runs: false } }

export const Stopped: Story = {
  args: { experiment: { vocabulary: 1000, hidden: 40, outputs: 60 } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Stop' }, long))
    await canvas.findByRole('button', { name: 'Go on to the end' }, long)
  },
}

export const AskedByKeyboard: Story = {
  play: async (context) => {
    await drawn(context)
    const canvas = within(context.canvasElement)
    canvas.getByRole('button', { name: /^Bias tokens .* and ask$/ }).focus()
    await userEvent.keyboard('{Enter}')
    // Five of the plain call and four more.
    await canvas.findByRole('img', { name: /9 of 200 log-probabilities/ }, long)
    await userEvent.click(canvas.getByRole('button', { name: 'Ask for the rest' }))
    await canvas.findByRole('img', { name: /200 of 200 .* every token was asked for/ }, long)
  },
}

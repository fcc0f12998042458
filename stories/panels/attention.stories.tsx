import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { attentionPanel } from '../../src/panels/attention/index.ts'
import { LivePanel } from './LivePanel.tsx'

const softpick = 'models/sink-softpick.safetensors'

const meta: Meta<typeof LivePanel> = {
  title: 'panels/attention',
  component: LivePanel,
  args: { panel: attentionPanel },
}
export default meta
type Story = StoryObj<typeof LivePanel>

const drawn: NonNullable<Story['play']> = async ({ canvasElement }) => {
  await waitFor(() => expect(canvasElement.querySelector('.att-canvas canvas')).not.toBeNull(), { timeout: 20_000 })
}

export const First: Story = { play: drawn }
export const Dark: Story = { args: { theme: 'dark' }, play: drawn }
export const Phone: Story = { args: { width: 374 }, play: drawn }
export const Softpick: Story = { args: { experiment: { model: softpick } }, play: drawn }
export const SoftpickDark: Story = { args: { experiment: { model: softpick }, theme: 'dark' }, play: drawn }
export const Swapped: Story = { args: { experiment: { normalizer: 'softpick' } }, play: drawn }
export const FirstTokenRemoved: Story = { args: { experiment: { first: 'removed' } }, play: drawn }
export const OneToken: Story = { args: { experiment: { text: 'BOS' } }, play: drawn }

export const Empty: Story = {
  args: { experiment: { model: null } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('.att-empty')).not.toBeNull(), { timeout: 20_000 })
  },
}
export const Awaited: Story = {
  args: { runs: false },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('.att-awaited')).not.toBeNull(), { timeout: 20_000 })
  },
}

import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { rankPanel } from '../../src/panels/rank/index.ts'
import { LivePanel } from './LivePanel.tsx'

const meta: Meta<typeof LivePanel> = { title: 'panels/rank', component: LivePanel, args: { panel: rankPanel } }
export default meta
type Story = StoryObj<typeof LivePanel>

const drawn: NonNullable<Story['play']> = async ({ canvasElement }) => {
  await waitFor(() => expect(canvasElement.querySelector('.points')).not.toBeNull(), { timeout: 20_000 })
}

export const First: Story = { play: drawn }
export const Dark: Story = { args: { theme: 'dark' }, play: drawn }
export const Phone: Story = { args: { width: 374 }, play: drawn }
export const RoundedOutputs: Story = { args: { experiment: { precision: '2-decimals' } }, play: drawn }
export const Compared: Story = { args: { experiment: { compare: 'precisions' } }, play: drawn }
export const Layers: Story = { args: { experiment: { compare: 'layers', view: 'centred' } }, play: drawn }
export const Loading: Story = { args: { runs: false } }

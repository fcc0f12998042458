import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { sinkTrainingPanel } from '../../src/panels/sinkTraining/index.ts'
import { LivePanel } from './LivePanel.tsx'

/** Small enough to be over in a moment; the oracle gives the same picture everywhere. */
const short = { engine: 'cpu', steps: 40, length: 12, batch: 8, width: 16 }

const meta: Meta<typeof LivePanel> = {
  title: 'panels/sink-training',
  component: LivePanel,
  args: { panel: sinkTrainingPanel, experiment: short },
}
export default meta
type Story = StoryObj<typeof LivePanel>

const trained =
  (steps: number): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    await waitFor(
      () => expect(canvasElement.querySelector('.sinks-steps output')).toHaveTextContent(`step ${steps} of ${steps}`),
      { timeout: 60_000 },
    )
  }

export const First: Story = { play: trained(40) }
export const Dark: Story = { args: { theme: 'dark' }, play: trained(40) }
export const Phone: Story = { args: { width: 358 }, play: trained(40) }
export const AnEarlierStep: Story = {
  args: { experiment: { ...short, step: 20 } },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText('step 20 of 40', undefined, { timeout: 60_000 })
  },
}
export const SixNormalizers: Story = {
  args: {
    experiment: {
      ...short,
      steps: 20,
      normalizers: ['softmax', 'sparsemax', 'softpick', 'softmax-n', 'sigmoid', 'taylor'],
    },
  },
  play: trained(20),
}
export const SeveralSeeds: Story = {
  args: { experiment: { ...short, steps: 20, seeds: [0, 1, 2] } },
  play: trained(20),
}
export const TwoLayersOfTwoHeads: Story = {
  args: { experiment: { ...short, steps: 10, layers: 2, heads: 2 } },
  play: trained(10),
}
export const FourTokens: Story = {
  args: { experiment: { ...short, steps: 10, length: 4, normalizers: ['softmax'] } },
  play: trained(10),
}
export const Diverged: Story = {
  args: { experiment: { ...short, optimizer: 'sgd', learningRate: 1e6 } },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findAllByText(/left the range of numbers/, undefined, { timeout: 60_000 })
  },
}
export const Paused: Story = {
  args: { experiment: { ...short, steps: 5000 } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Pause' }, { timeout: 60_000 }))
    await canvas.findByRole('button', { name: 'Play' })
  },
}
export const Waiting: Story = { args: { runs: false } }
export const EveryMeasureAndTheTable: Story = {
  play: async (context) => {
    await trained(40)(context)
    const canvas = within(context.canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'More measures' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Show as table' }))
    await canvas.findByText(/Readings of every recorded step/)
  },
}
export const TriggersFirst: Story = {
  play: async (context) => {
    await trained(40)(context)
    await userEvent.click(within(context.canvasElement).getByRole('checkbox', { name: 'triggers first' }))
  },
}
export const OpenSettings: Story = {
  play: async (context) => {
    await trained(40)(context)
    await userEvent.click(within(context.canvasElement).getByRole('button', { name: 'Settings' }))
  },
}

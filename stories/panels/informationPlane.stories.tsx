import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, userEvent, waitFor, within } from 'storybook/test'
import { settingsOf } from '../../src/panels/informationPlane/experiment.ts'
import { informationPlanePanel } from '../../src/panels/informationPlane/index.ts'
import { LivePanel } from './LivePanel.tsx'

const meta: Meta<typeof LivePanel> = {
  title: 'panels/information-plane',
  component: LivePanel,
  args: { panel: informationPlanePanel, experiment: { epochs: 60 } },
}
export default meta
type Story = StoryObj<typeof LivePanel>

/** Drawn to the last epoch. */
const trained =
  (epochs: number): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.textContent).toContain(`epoch ${epochs} of ${epochs}`), {
      timeout: 40_000,
    })
  }

export const First: Story = { play: trained(60) }
export const Dark: Story = { args: { theme: 'dark' }, play: trained(60) }
export const Phone: Story = { args: { width: 374 }, play: trained(60) }
const four = {
  epochs: 40,
  activation: 'relu',
  seeds: [7],
  estimators: settingsOf('bin-fixed', 'bin-width', 'ebab', 'kde-upper'),
}
export const FourEstimators: Story = { args: { experiment: four }, play: trained(40) }
export const SeveralSeeds: Story = { args: { experiment: { epochs: 20, seeds: [0, 1, 2] } }, play: trained(20) }
export const OfTheLabelAlone: Story = {
  args: { experiment: { epochs: 4, estimators: settingsOf('bin-fixed', 'ross-knn', 'cs-qmi') } },
  play: trained(4),
}
export const Shapes: Story = {
  args: { experiment: { task: 'shapes', epochs: 10, widths: [16, 8] } },
  play: trained(10),
}
export const OneEpoch: Story = { args: { experiment: { epochs: 1 } }, play: trained(1) }
export const EarlyEpoch: Story = {
  args: { experiment: { epochs: 60, epoch: 10, layer: 3 } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.textContent).toContain('epoch 10 of 60'), { timeout: 40_000 })
  },
}
/** A rate far too high: it stops, says so, and keeps what there is. */
export const Diverged: Story = {
  args: { experiment: { activation: 'linear', learningRate: 1e6, epochs: 20 } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.textContent).toContain('epoch 0 of 20'), { timeout: 40_000 })
  },
}
/** Every unit at rest: a largest activation of 0 has no place on a log scale. */
export const Dead: Story = {
  args: { experiment: { activation: 'relu', seeds: [2], epochs: 4, estimators: settingsOf('bin-fixed', 'ross-knn') } },
  play: trained(4),
}
export const WhatATermMeans: Story = {
  args: { experiment: { epochs: 1 } },
  play: async (context) => {
    await trained(1)(context)
    within(context.canvasElement).getByRole('button', { name: 'H(Y)' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(await screen.findByText(/Entropy of the label/)).toBeVisible()
  },
}
export const Loading: Story = { args: { runs: false } }
export const Rewound: Story = {
  args: { experiment: { epochs: 4 } },
  play: async (context) => {
    await trained(4)(context)
    await userEvent.click(within(context.canvasElement).getByRole('button', { name: /rewind/i }))
    await waitFor(() => expect(context.canvasElement.textContent).toContain('epoch 0 of 4'), { timeout: 10_000 })
  },
}
export const Table: Story = {
  args: { experiment: { epochs: 4 } },
  play: async (context) => {
    await trained(4)(context)
    const canvas = within(context.canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'More' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Show as table' }))
    await canvas.findByText(/information in bits, loss in nats/, undefined, { timeout: 20_000 })
  },
}

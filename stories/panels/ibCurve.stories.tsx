import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { ibCurvePanel } from '../../src/panels/ibCurve/index.ts'
import { presetJoints } from '../../src/panels/ibCurve/presetJoints.ts'
import { LivePanel } from './LivePanel.tsx'

const meta: Meta<typeof LivePanel> = {
  title: 'panels/ib-curve',
  component: LivePanel,
  args: { panel: ibCurvePanel },
}
export default meta
type Story = StoryObj<typeof LivePanel>

const drawn: NonNullable<Story['play']> = async ({ canvasElement }) => {
  await waitFor(() => expect(canvasElement.querySelector('.cell-grid')).not.toBeNull(), { timeout: 20_000 })
}

export const First: Story = { play: drawn }
export const Dark: Story = { args: { theme: 'dark' }, play: drawn }
export const Phone: Story = { args: { width: 374 }, play: drawn }
export const KnownCurve: Story = { args: { experiment: { joint: presetJoints.bsc10, beta: 2 } }, play: drawn }
export const Ring: Story = { args: { experiment: { joint: presetJoints.ring8x4, beta: 3 } }, play: drawn }
export const Function: Story = { args: { experiment: { joint: presetJoints.det5x3 } }, play: drawn }
export const Couplings: Story = {
  args: { experiment: { joint: presetJoints.det5x3, view: 'coupling', rate: 1.2 } },
  play: drawn,
}
export const Independent: Story = {
  args: {
    experiment: {
      joint: [
        [1, 2],
        [2, 4],
      ],
    },
  },
  play: drawn,
}
export const TwelveByTwelve: Story = {
  args: {
    experiment: {
      joint: Array.from({ length: 12 }, (_, x) =>
        Array.from({ length: 12 }, (_, y) => Math.round(100 * Math.exp(-((x - y) ** 2) / 6)) / 100),
      ),
      beta: 3,
    },
  },
  play: drawn,
}
export const Loading: Story = { args: { runs: false } }
export const CellByKeyboard: Story = {
  play: async (context) => {
    await drawn(context)
    const canvas = within(context.canvasElement)
    canvas.getByRole('slider', { name: 'x1, y1' }).focus()
    await userEvent.keyboard('{ArrowRight}{ArrowUp}')
    await expect(canvas.getByRole('slider', { name: 'x1, y2' })).toHaveAttribute('aria-valuenow', '0.081')
  },
}
export const Table: Story = {
  play: async (context) => {
    await drawn(context)
    const canvas = within(context.canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Table' }))
    await canvas.findByText('The information bottleneck curve, bits', undefined, { timeout: 20_000 })
  },
}

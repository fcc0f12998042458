import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import type { Engine, RowsJob } from '../../src/engine/contract.ts'
import { normalizerById, normalizers } from '../../src/math/normalizers/index.ts'
import { activationsPanel } from '../../src/panels/activations/index.ts'
import { LivePanel } from './LivePanel.tsx'

const names = ['mat', 'sofa', 'floor', 'roof', 'moon', 'idea']

/** A stand-in for a GPU: float64 rounded to float32, so that the picture does not depend on a device. */
const roundingEngine: Engine = {
  status: () => ({ choice: 'auto', running: 'cpu', rungs: [] }),
  subscribe: () => () => undefined,
  choose: () => undefined,
  rows: async ({ normalizer, x, params }: RowsJob) => ({
    y: Float32Array.from(normalizerById(normalizer)!.forward(x, params)),
    rung: 'webgpu',
    precision: 'float32',
    device: 'example device',
    milliseconds: 1.5,
    kernelMilliseconds: 0.04,
  }),
}
const noGpu: Engine = {
  ...roundingEngine,
  status: () => ({
    choice: 'auto',
    running: 'cpu',
    rungs: [
      {
        id: 'webgpu',
        state: 'unavailable',
        reason: 'this browser gives no adapter',
        device: null,
        software: false,
        nanosecondsPerEntry: null,
      },
    ],
  }),
  rows: () => Promise.reject(new Error('engine: webgpu cannot run this job')),
}

const meta: Meta<typeof LivePanel> = {
  title: 'panels/activations',
  component: LivePanel,
  args: { panel: activationsPanel, experiment: { names } },
}
export default meta
type Story = StoryObj<typeof LivePanel>

const drawn: NonNullable<Story['play']> = async ({ canvasElement }) => {
  await waitFor(() => expect(canvasElement.querySelector('.output .stats, .empty')).not.toBeNull(), { timeout: 20_000 })
}

export const First: Story = { play: drawn }
export const Dark: Story = { args: { theme: 'dark' }, play: drawn }
export const Phone: Story = { args: { width: 374 }, play: drawn }
export const Reference: Story = { args: { experiment: { names, reference: 'softmax' } }, play: drawn }
export const ReferenceDark: Story = {
  args: { theme: 'dark', experiment: { names, reference: 'softmax', variants: ['softmax', 'taylor', 'gumbel'] } },
  play: drawn,
}
export const Overlaid: Story = { args: { experiment: { names, layout: 'overlaid' } }, play: drawn }
export const Masked: Story = { args: { experiment: { names, masked: [2, 4] } }, play: drawn }
export const OnePoint: Story = {
  args: { experiment: { logits: [1.3], variants: ['softmax', 'softmax-n', 'sigmoid'] } },
  play: drawn,
}
export const Unspent: Story = {
  args: { experiment: { logits: [-5, -5, -5, -5], variants: ['softmax', 'softmax-n', 'softpick', 'sigmoid'] } },
  play: drawn,
}
export const EveryVariant: Story = {
  args: { experiment: { names, variants: normalizers.map(({ id }) => id) } },
  play: drawn,
}
export const ThousandEntries: Story = {
  args: {
    experiment: {
      logits: Array.from({ length: 1000 }, (_, i) => Math.round(300 * Math.sin(i * 12.9898 + i * i)) / 100),
      variants: ['softmax', 'sparsemax', 'softpick'],
    },
  },
  play: drawn,
}
export const LongRow: Story = {
  args: { experiment: { generate: { kind: 'gaussian', n: 4096, seed: 1, sd: 1 } } },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.output .frame')).toHaveLength(12), { timeout: 20_000 })
  },
}
export const Empty: Story = { args: { experiment: { logits: [], variants: [] } }, play: drawn }
export const Loading: Story = { args: { runs: false } }
export const DataIsElsewhere: Story = {
  args: { experiment: { data: { key: 'gone', name: 'scores.npy', row: 3, rows: 12, cols: 4096 } } },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/no numbers to draw/, undefined, { timeout: 20_000 })
  },
}
export const OnTheGpu: Story = {
  args: { engine: roundingEngine, experiment: { names, gpu: true, variants: ['softmax', 'sparsemax', 'softpick'] } },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/float32 kernels against float64/, undefined, { timeout: 20_000 })
  },
}
export const NoGpu: Story = {
  args: { engine: noGpu, experiment: { names, gpu: true } },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/gives no adapter/, undefined, { timeout: 20_000 })
    await within(canvasElement).findByRole('button', { name: 'Try again' })
  },
}
export const HandleInFocus: Story = {
  play: async (context) => {
    await drawn(context)
    within(context.canvasElement).getByRole('slider', { name: 'sofa' }).focus()
    await userEvent.keyboard('{ArrowUp}')
    await expect(within(context.canvasElement).getByRole('slider', { name: 'sofa' })).toHaveAttribute(
      'aria-valuenow',
      '1.7',
    )
  },
}
export const Details: Story = {
  play: async (context) => {
    await drawn(context)
    await userEvent.click(within(context.canvasElement).getByRole('button', { name: /^entmax/ }))
    await within(context.canvasElement).findByText('the Jacobian is symmetric', undefined, { timeout: 20_000 })
  },
}
export const BadData: Story = {
  play: async (context) => {
    await drawn(context)
    const canvas = within(context.canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Paste data' }))
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Numbers' }), '1, 2, x')
    await userEvent.click(canvas.getByRole('button', { name: 'Use these numbers' }))
    await canvas.findByText(/line 1, column 7/, undefined, { timeout: 20_000 })
  },
}
export const Table: Story = {
  play: async (context) => {
    await drawn(context)
    const canvas = within(context.canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'More' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Show as table' }))
    await canvas.findByText('Logits and weights', undefined, { timeout: 20_000 })
  },
}

import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { argmaxGeometryPanel } from '../../src/panels/argmaxGeometry/index.ts'
import { LivePanel } from './LivePanel.tsx'

const meta: Meta<typeof LivePanel> = {
  title: 'panels/argmax-geometry',
  component: LivePanel,
  args: { panel: argmaxGeometryPanel },
}
export default meta
type Story = StoryObj<typeof LivePanel>

const drawn: NonNullable<Story['play']> = async ({ canvasElement }) => {
  await waitFor(() => expect(canvasElement.querySelector('.geo-handle, .geo-decided')).not.toBeNull(), {
    timeout: 20_000,
  })
}
const square = [
  [1, 1],
  [-1, 1],
  [-1, -1],
  [1, -1],
]

export const First: Story = { play: drawn }
export const Dark: Story = { args: { theme: 'dark' }, play: drawn }
export const Phone: Story = { args: { width: 374 }, play: drawn }
export const Sixty: Story = { args: { experiment: { vocabulary: 60, seed: 1102, h: [1.2, 0.4] } }, play: drawn }
export const Biases: Story = { args: { experiment: { vocabulary: 30, seed: 1108, biasSeed: 1208 } }, play: drawn }
export const UnitNorm: Story = { args: { experiment: { cure: 'unit-norm', token: 3 } }, play: drawn }
export const NearestRows: Story = { args: { experiment: { cure: 'voronoi-bias', token: 3 } }, play: drawn }
export const Space: Story = { args: { experiment: { vocabulary: 80, d: 3, seed: 1104 } }, play: drawn }
export const SpacePhone: Story = {
  args: { experiment: { vocabulary: 80, d: 3, seed: 1104, token: 22 }, width: 374, theme: 'dark' },
  play: drawn,
}
export const EightDimensions: Story = { args: { experiment: { vocabulary: 300, d: 8, seed: 1106 } }, play: drawn }
export const Repeats: Story = { args: { experiment: { W: [...square, [1, 1]], token: 0 } }, play: drawn }
export const TwoTokens: Story = {
  args: {
    experiment: {
      W: [
        [1, 0],
        [0, 1],
      ],
      names: ['yes', 'no'],
    },
  },
  play: drawn,
}
export const OneDimension: Story = { args: { experiment: { vocabulary: 6, d: 1 } }, play: drawn }
export const Loading: Story = { args: { runs: false } }
export const Table: Story = {
  play: async (context) => {
    await drawn(context)
    const canvas = within(context.canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Table' }))
    await canvas.findByText('Random layers of 200 tokens: how many can never win', undefined, { timeout: 20_000 })
  },
}

const pasted = async (canvas: ReturnType<typeof within>, text: string) => {
  await userEvent.click(canvas.getByRole('button', { name: 'Own matrix' }))
  const box = await canvas.findByRole('textbox', { name: 'Numbers' }, { timeout: 20_000 })
  await userEvent.type(box, text)
  await userEvent.click(canvas.getByRole('button', { name: 'Use these numbers' }))
}
export const BadMatrix: Story = {
  play: async (context) => {
    await drawn(context)
    const canvas = within(context.canvasElement)
    await pasted(canvas, '1, 2{Enter}3, x')
    await canvas.findByText(/line 2, column 4/, undefined, { timeout: 20_000 })
  },
}
export const PartOfAMatrix: Story = {
  args: { width: 374 },
  play: async (context) => {
    await drawn(context)
    const canvas = within(context.canvasElement)
    await pasted(canvas, '1, 0, 7, 7{Enter}0, 1, 7, 7{Enter}-1, -1, 7, 7{Enter}0, 0, 7, 7')
    const word = await canvas.findByRole('combobox', { name: /how much/ }, { timeout: 20_000 })
    await userEvent.selectOptions(word, 'a part')
    canvas.getByRole('slider', { name: 'columns taken' }).focus()
    await userEvent.keyboard('{ArrowLeft}')
    await canvas.findByText(/from column/, undefined, { timeout: 20_000 })
  },
}

import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen, userEvent } from 'storybook/test'
import { Term } from '../../src/charts/Term.tsx'
import { Surface } from '../Surface.tsx'

const meta: Meta = { title: 'charts/term' }
export default meta
type Story = StoryObj

export const InText: Story = {
  render: () => (
    <Surface width={420}>
      The dashed line is <Term about="Entropy of the label: the bits that there are to know.">H(Y)</Term>, in bits.
    </Surface>
  ),
}
export const ByKeyboard: Story = {
  ...InText,
  play: async () => {
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    await expect(await screen.findByText(/Entropy of the label/)).toBeVisible()
  },
}

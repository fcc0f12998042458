import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, userEvent, within } from 'storybook/test'
import { AxisY } from '../../src/charts/Axis.tsx'
import { DragBars } from '../../src/charts/DragBars.tsx'
import { DragColumns } from '../../src/charts/DragColumns.tsx'
import { FigureTable } from '../../src/charts/FigureTable.tsx'
import { Frame } from '../../src/charts/Frame.tsx'
import { Popover } from '../../src/charts/Popover.tsx'
import { ScrubNumber } from '../../src/charts/ScrubNumber.tsx'
import { Surface } from '../Surface.tsx'

const meta: Meta = { title: 'charts/controls' }
export default meta
type Story = StoryObj

function Number() {
  const [value, setValue] = useState(1.5)
  return (
    <Surface width={420}>
      Between the two lies entmax, with α ={' '}
      <ScrubNumber
        value={value}
        label="alpha"
        range={[1, 4]}
        scale="linear"
        colour="var(--sparse)"
        problem={(typed) => (typed > 0 ? null : 'above 0')}
        onChange={setValue}
      />
      .
    </Surface>
  )
}

export const ScrubbedNumber: Story = { render: () => <Number /> }
export const WrongNumber: Story = {
  render: () => <Number />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    canvas.getByRole('slider').focus()
    await userEvent.keyboard('{Enter}')
    await userEvent.clear(canvas.getByRole('textbox'))
    await userEvent.type(canvas.getByRole('textbox'), '-1')
    await expect(canvas.getByRole('alert')).toHaveTextContent('It must be above 0.')
  },
}

const names = ['mat', 'sofa', 'floor', 'roof']

function Handles({ many = false }: { readonly many?: boolean }) {
  const [values, setValues] = useState(() =>
    many ? Array.from({ length: 200 }, (_, i) => 2 * Math.sin(i / 9)) : [2.1, 1.6, 0.9, -0.4],
  )
  const shared = {
    values,
    low: -3,
    high: 3,
    spoken: (i: number) => `logit ${values[i]}`,
    onChange: (i: number, value: number) => setValues((before) => before.with(i, value)),
  }
  return (
    <Surface width={520}>
      <Frame
        label="Logits"
        width={480}
        height={220}
        x={{ kind: 'band', count: values.length }}
        y={{ kind: 'linear', low: -3, high: 3 }}
        margins={{ left: 34, top: 20, bottom: 20 }}
        over={
          many ? (
            <DragColumns {...shared} name={(i) => `entry ${i}`} />
          ) : (
            <DragBars {...shared} names={names} dropped={(i) => i === 2} />
          )
        }
      >
        <AxisY />
      </Frame>
    </Surface>
  )
}

export const BarsToDrag: Story = { render: () => <Handles /> }
export const OneHandleForMany: Story = { render: () => <Handles many /> }

export const OpenPopover: Story = {
  render: () => (
    <Surface width={420}>
      <Popover button="Presets" title="Presets">
        <div className="popover-list">
          <button type="button" data-closes>
            two tie
          </button>
          <button type="button" data-closes>
            one towers
          </button>
        </div>
      </Popover>
    </Surface>
  ),
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Presets' }))
    await expect(await canvas.findByRole('button', { name: 'two tie' })).toBeVisible()
  },
}

export const Table: Story = {
  render: () => (
    <Surface width={420}>
      <FigureTable
        caption="Logits and weights"
        rowTitle="entry"
        rows={names}
        columns={[
          { title: 'logit', cells: ['2.1', '1.6', '0.9', '−0.4'] },
          { title: 'softmax', cells: ['0.50', '0.30', '0.15', '0.04'] },
        ]}
        omitted={12}
      />
    </Surface>
  ),
}

import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { AxisX, AxisY } from '../../src/charts/Axis.tsx'
import { CellGrid } from '../../src/charts/CellGrid.tsx'
import { ChoiceWord } from '../../src/charts/ChoiceWord.tsx'
import { DragCells } from '../../src/charts/DragCells.tsx'
import { Frame } from '../../src/charts/Frame.tsx'
import { PointName } from '../../src/charts/PointName.tsx'
import { Points } from '../../src/charts/Points.tsx'
import { Rules } from '../../src/charts/Rules.tsx'
import { shadeColour } from '../../src/charts/shadeColour.ts'
import { ShadedPath } from '../../src/charts/ShadedPath.tsx'
import { Transport } from '../../src/charts/Transport.tsx'
import { Surface } from '../Surface.tsx'

const meta: Meta = { title: 'charts/plane marks' }
export default meta
type Story = StoryObj

const turn = Array.from({ length: 40 }, (_, i) => i / 39)
const spiral = {
  xs: turn.map((t) => 5 + 4 * t * Math.cos(6 * t)),
  ys: turn.map((t) => 5 + 4 * t * Math.sin(6 * t)),
  shades: turn,
}

export const Marks: Story = {
  render: () => (
    <Surface width={420}>
      <Frame
        label="A spiral from early to late"
        width={380}
        height={300}
        x={{ kind: 'linear', low: 0, high: 10 }}
        y={{ kind: 'linear', low: 0, high: 10 }}
        margins={{ top: 24, right: 8, bottom: 38, left: 36 }}
      >
        <AxisY title="up, metres" />
        <AxisX title="along, metres" />
        <Rules of="y" at={[9]} dash="5 4" label="ceiling" />
        <Rules of="x" at={[2, 4]} opacity={0.5} />
        <ShadedPath {...spiral} />
        <Points xs={[spiral.xs[39]!]} ys={[spiral.ys[39]!]} fill={shadeColour(1)} radius={5} />
        <PointName x={spiral.xs[39]!} y={spiral.ys[39]!} text="end" />
        <Points xs={[1, 2]} ys={[1, 1]} fill="var(--ink)" shape="cross" />
        <Points xs={[3, 4]} ys={[1, 1]} fill="var(--rectified-1)" shape="square" hollow />
      </Frame>
    </Surface>
  ),
}

export const Grid: Story = {
  render: () => (
    <Surface width={300}>
      <CellGrid
        label="Shares"
        rows={[
          [1, 0, 0],
          [0.5, 0.3, 0.2],
        ]}
        rowNames={['x1', 'x2']}
        columnNames={['t1', 't2', 't3']}
        width={260}
        rowHeight={24}
        colour="var(--exponential-1)"
      />
    </Surface>
  ),
}

function Cells() {
  const [rows, setRows] = useState([
    [0.2, 0],
    [0.1, 0.4],
  ])
  return (
    <Surface width={240}>
      <DragCells
        label="Weights"
        rows={rows}
        rowNames={['x1', 'x2']}
        columnNames={['y1', 'y2']}
        high={0.5}
        cell={44}
        spoken={(r, c) => `weight ${rows[r]![c]}`}
        problem={(_r, _c, weight) => (weight >= 0 ? null : '0 or more')}
        onChange={(row, column, weight) =>
          setRows(rows.map((each, r) => (r === row ? each.with(column, weight) : each)))
        }
      />
    </Surface>
  )
}
export const CellsToDrag: Story = { render: () => <Cells /> }

function Moments() {
  const [index, setIndex] = useState(3)
  return (
    <Surface width={520}>
      <Transport index={index} count={8} step="day" label="day" text={`day ${index + 1} of 8`} onMove={setIndex} />
    </Surface>
  )
}
export const Controls: Story = { render: () => <Moments /> }

function Words() {
  const [id, setId] = useState('a')
  const options = [
    { id: 'a', label: 'one word' },
    { id: 'b', label: 'another' },
  ]
  return (
    <Surface width={240}>
      It is <ChoiceWord label="word" value={id} options={options} onChange={setId} />.
    </Surface>
  )
}
export const Word: Story = { render: () => <Words /> }

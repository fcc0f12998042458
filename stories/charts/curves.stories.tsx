import type { Meta, StoryObj } from '@storybook/react-vite'
import { AxisX, AxisY, BaseLine } from '../../src/charts/Axis.tsx'
import { Curve } from '../../src/charts/Curve.tsx'
import { EdgeRing } from '../../src/charts/EdgeRing.tsx'
import { Frame, type FrameProps } from '../../src/charts/Frame.tsx'
import { HistogramBars } from '../../src/charts/HistogramBars.tsx'
import { Surface } from '../Surface.tsx'

function Picture(frame: Partial<FrameProps>) {
  return (
    <Surface width={420}>
      <Frame
        label="Sorted weights by rank"
        width={380}
        height={200}
        x={{ kind: 'log', low: 1, high: 1000 }}
        y={{ kind: 'linear', low: 0, high: 0.5 }}
        margins={{ top: 12, bottom: 36, left: 40, right: 8 }}
        {...frame}
      />
    </Surface>
  )
}

const meta: Meta<typeof Picture> = { title: 'charts/curves', component: Picture }
export default meta
type Story = StoryObj<typeof Picture>

const ranks = [1, 2, 5, 10, 30, 100, 300, 1000]
const falling = [0.4, 0.2, 0.1, 0.06, 0.02, 0.008, 0.002, 0.0005]
const axes = (
  <>
    <AxisY count={3} />
    <AxisX title="rank" count={3} format={(rank) => (Number.isInteger(Math.log10(rank)) ? String(rank) : '')} />
    <BaseLine />
  </>
)

export const Filled: Story = {
  args: {
    children: (
      <>
        {axes}
        <Curve xs={ranks} ys={falling} stroke="var(--exponential-1)" filled />
      </>
    ),
  },
}
/** Members of a family are told apart by lightness and by dash. */
export const Dashes: Story = {
  args: {
    children: (
      <>
        {axes}
        {['', '7 4', '2 3', '8 3 2 3'].map((dash, i) => (
          <Curve
            key={dash}
            xs={ranks}
            ys={falling.map((value) => value * (1 - 0.2 * i))}
            stroke={`var(--exponential-${i + 1})`}
            dash={dash}
          />
        ))}
      </>
    ),
  },
}
/** From the ring on, every weight is exactly zero. */
export const ZerosFromARankOn: Story = {
  args: {
    children: (
      <>
        {axes}
        <Curve xs={[1, 2, 5, 10]} ys={[0.4, 0.2, 0.1, 0]} stroke="var(--sparse-1)" filled />
        <EdgeRing from={10} to={1000} stroke="var(--sparse-1)" />
      </>
    ),
  },
}
export const Histogram: Story = {
  args: {
    label: 'How many logits there are from −3 to 3',
    x: { kind: 'linear', low: -3, high: 3 },
    y: { kind: 'linear', low: 0, high: 40 },
    children: (
      <>
        <AxisY count={3} />
        <HistogramBars edges={[-3, -2, -1, 0, 1, 2, 3]} counts={[2, 14, 34, 34, 14, 1]} fill="var(--bar-edge)" />
        <AxisX title="logit" />
      </>
    ),
  },
}

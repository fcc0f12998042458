import type { Meta, StoryObj } from '@storybook/react-vite'
import { AxisY, BaseLine } from '../../src/charts/Axis.tsx'
import { BandHighlight, BandNames, BandReadout, BandValues } from '../../src/charts/BandLabels.tsx'
import { Bars, Zeros } from '../../src/charts/Bars.tsx'
import { Columns } from '../../src/charts/Columns.tsx'
import { Frame, type FrameProps } from '../../src/charts/Frame.tsx'
import { Levels } from '../../src/charts/Levels.tsx'
import { weightLabel } from '../../src/charts/numberFormat.ts'
import { Unspent } from '../../src/charts/Unspent.tsx'
import { lcg32 } from '../../src/math/random/lcg32.ts'
import { Surface } from '../Surface.tsx'

const names = ['mat', 'sofa', 'floor', 'roof', 'moon', 'idea']
const weights = [0.65, 0.31, 0.04, 0.001, 0, 0]

/** A picture of weights; each story puts one kind of mark into it. */
function Picture(props: Partial<FrameProps> & { readonly theme?: 'light' | 'dark' }) {
  const { theme = 'light', ...frame } = props
  return (
    <Surface width={420} theme={theme}>
      <Frame
        label="Weights of six words"
        width={380}
        height={180}
        x={{ kind: 'band', count: names.length }}
        y={{ kind: 'linear', low: 0, high: 0.75 }}
        margins={{ top: 20, bottom: 20, left: 30, right: 52 }}
        {...frame}
      />
    </Surface>
  )
}

const meta: Meta<typeof Picture> = { title: 'charts/bars', component: Picture }
export default meta
type Story = StoryObj<typeof Picture>

const marks = (
  <>
    <AxisY count={3} />
    <Bars to={weights} fill="var(--sparse-1)" />
    <BaseLine />
    <Zeros values={weights} stroke="var(--sparse-1)" />
    <BandValues at={weights} texts={weights.map(weightLabel)} />
    <BandNames names={names} />
  </>
)

/** A sliver is a small number; a ring is an exact zero. */
export const BarsAndZeros: Story = { args: { children: marks } }
export const BarsAndZerosDark: Story = { args: { theme: 'dark', children: marks } }
export const WithUnspent: Story = {
  args: {
    children: (
      <>
        {marks}
        <Unspent value={0.3} stroke="var(--unspent-1)" centre={28} width={22} />
      </>
    ),
  },
}
/** The outline is open at the top: what is unspent is higher than the scale. */
export const UnspentBeyondTheScale: Story = {
  args: {
    children: (
      <>
        {marks}
        <Unspent value={0.9} stroke="var(--unspent-1)" centre={28} width={22} />
      </>
    ),
  },
}
export const Negative: Story = {
  args: {
    y: { kind: 'linear', low: -0.4, high: 0.75 },
    children: (
      <>
        <AxisY />
        <Bars to={[0.6, -0.3, 0.2, -0.001, 0, 0.4]} fill="var(--unspent-1)" />
        <BaseLine />
        <BandValues at={[0.6, -0.3, 0.2, 0, 0, 0.4]} texts={['.60', '−.30', '.20', '', '', '.40']} />
      </>
    ),
  },
}
export const Sampled: Story = { args: { children: <Bars to={weights} fill="var(--sampled-1)" striped /> } }
/** Against a reference: more of it is solid, less of it is an outline. */
export const LevelsAndHollow: Story = {
  args: {
    children: (
      <>
        <AxisY count={3} />
        <Bars to={[0.65, 0.31]} fill="var(--sparse-1)" opacity={0.35} />
        <Bars to={[0.65]} from={[0.46]} fill="var(--sparse-1)" />
        <Bars to={[NaN, 0.31]} from={[NaN, 0.5]} fill="var(--sparse-1)" hollow />
        <Levels values={[0.46, 0.5]} />
        <BaseLine />
      </>
    ),
  },
}
export const HighlightAndReadout: Story = {
  args: {
    children: (
      <>
        <BandHighlight index={1} />
        {marks}
        <BandReadout index={1} at={0.31} text="0.3098" />
      </>
    ),
  },
}
const many = lcg32(1, 2000, -0.2, 0.75).map((value) => Math.max(value, 0))
export const ManyColumns: Story = {
  args: {
    x: { kind: 'band', count: many.length, gap: 0 },
    under: <Columns values={many} colour="var(--sparse-1)" />,
    children: (
      <>
        <AxisY count={3} />
        <BaseLine />
      </>
    ),
  },
}

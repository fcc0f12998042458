import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import '../../src/charts/tokens.css'
import { AxisY } from '../../src/charts/Axis.tsx'
import { BandHighlight, BandNames, BandReadout, BandValues } from '../../src/charts/BandLabels.tsx'
import { Bars, Zeros } from '../../src/charts/Bars.tsx'
import { Columns } from '../../src/charts/Columns.tsx'
import { Curve } from '../../src/charts/Curve.tsx'
import { EdgeRing } from '../../src/charts/EdgeRing.tsx'
import { Frame, type FrameProps } from '../../src/charts/Frame.tsx'
import { HistogramBars } from '../../src/charts/HistogramBars.tsx'
import { Levels } from '../../src/charts/Levels.tsx'
import { Unspent } from '../../src/charts/Unspent.tsx'
import { rendered } from './rendered.tsx'

/** Four bands of 50 px, a quarter of the gap on each side; 0 at the bottom, 1 at the top, 100 px apart. */
const four = (parts: Partial<FrameProps>) => (
  <Frame
    label="test"
    width={400}
    height={100}
    x={{ kind: 'band', count: 4, gap: 0.5 }}
    y={{ kind: 'linear', low: 0, high: 1 }}
    {...parts}
  />
)
const boxOf = (place: HTMLElement, selector: string) => {
  const { x, y, width, height } = (place.querySelector(selector) as SVGGraphicsElement).getBBox()
  return [x, y, width, height].map((value) => Math.round(value * 100) / 100)
}
const numbers = (place: HTMLElement, selector: string) => place.querySelector(selector)?.getAttribute('d') ?? ''

describe('Frame', () => {
  it('names its picture for a screen reader', async () => {
    const place = await rendered(four({}))
    expect(place.querySelector('svg')?.getAttribute('role')).toBe('img')
    expect(place.querySelector('svg')?.getAttribute('aria-label')).toBe('test')
  })

  it('tells which band the pointer is over, and when it leaves', async () => {
    const heard: (number | null)[] = []
    const place = await rendered(four({ onPoint: (index) => heard.push(index) }))
    const frame = place.querySelector('.frame')!
    await userEvent.hover(frame, { position: { x: 230, y: 50 } })
    expect(heard.at(-1)).toBe(2)
    await userEvent.hover(document.body, { position: { x: 700, y: 300 } })
    expect(heard.at(-1)).toBeNull()
  })
})

describe('marks in pixels', () => {
  it('a bar of ¼ is 25 px high and as wide as its band', async () => {
    expect(boxOf(await rendered(four({ children: <Bars to={[NaN, 0.25, 0, NaN]} /> })), '.bars')).toEqual([
      125, 75, 50, 25,
    ])
  })

  it('a bar of 1e-9 is a sliver of 1.5 px, a bar of exactly 0 is none', async () => {
    expect(boxOf(await rendered(four({ children: <Bars to={[1e-9, 0]} /> })), '.bars')).toEqual([25, 98.5, 50, 1.5])
  })

  it('bars may begin off the base line, beside each other, and hollow', async () => {
    const bars = <Bars to={[0.75]} from={[0.5]} offset={10} width={20} hollow fill="red" />
    const place = await rendered(four({ children: bars }))
    // The edge is 1.5 px wide, half of it inside on each side.
    expect(boxOf(place, '.hollow')).toEqual([50.75, 25, 18.5, 25])
    expect(place.querySelector('.hollow')?.getAttribute('fill')).toBe('none')
  })

  it('an exact zero is a ring of 9 px on the base line; 1e-300 is not', async () => {
    expect(boxOf(await rendered(four({ children: <Zeros values={[1e-300, 0]} stroke="red" /> })), '.zeros')).toEqual([
      145.5, 95.5, 9, 9,
    ])
  })

  it('a level crosses its band and 2 px on each side', async () => {
    expect(boxOf(await rendered(four({ children: <Levels values={[NaN, 0.5]} /> })), '.levels')).toEqual([
      123, 50, 54, 0,
    ])
  })

  it('what is unspent is an outline on the same scale, open at the top where it is higher', async () => {
    const outline = (value: number) => <Unspent value={value} stroke="red" centre={20} width={20} />
    expect(boxOf(await rendered(four({ children: outline(0.25) })), '.unspent')).toEqual([410.75, 75, 18.5, 25])
    expect(numbers(await rendered(four({ children: outline(0.25) })), '.unspent')).toMatch(/z$/)
    expect(boxOf(await rendered(four({ children: outline(3) })), '.unspent')[3]).toBe(100)
    expect(numbers(await rendered(four({ children: outline(3) })), '.unspent')).not.toMatch(/z$/)
    expect((await rendered(four({ children: outline(0) }))).querySelector('.unspent')).toBeNull()
  })

  it('a curve passes its points and breaks where one is missing', async () => {
    const place = await rendered(
      <Frame
        label="curve"
        width={100}
        height={100}
        x={{ kind: 'log', low: 1, high: 100 }}
        y={{ kind: 'linear', low: 0, high: 1 }}
      >
        <Curve xs={[1, 10, 50, 100]} ys={[1, 0.5, NaN, 0]} stroke="red" />
      </Frame>,
    )
    expect(numbers(place, '.curve path')).toBe('M0,0L50,50M100,100Z')
  })

  it('a histogram’s bar reaches from edge to edge, half a pixel short', async () => {
    const place = await rendered(
      <Frame
        label="counts"
        width={100}
        height={100}
        x={{ kind: 'linear', low: 0, high: 2 }}
        y={{ kind: 'linear', low: 0, high: 10 }}
      >
        <HistogramBars edges={[0, 1, 2]} counts={[0, 5]} fill="red" />
      </Frame>,
    )
    expect(boxOf(place, '.bars')).toEqual([50, 50, 49.5, 50])
  })

  it('an edge ring stands where the zeros begin', async () => {
    const place = await rendered(
      <Frame
        label="edge"
        width={100}
        height={100}
        x={{ kind: 'log', low: 1, high: 100 }}
        y={{ kind: 'linear', low: 0, high: 1 }}
      >
        <EdgeRing from={10} to={100} stroke="red" />
      </Frame>,
    )
    expect(boxOf(place, '.edge-ring circle')).toEqual([45.5, 95.5, 9, 9])
  })
})

describe('labels', () => {
  it('names are cut to their room, and numbers are left out rather than cut', async () => {
    const texts = (place: HTMLElement) =>
      [...place.querySelectorAll('.band-names text')].map((each) => each.textContent)
    const words = ['mat', 'a very long name of an entry', 'sofa', 'x']
    expect(texts(await rendered(four({ children: <BandNames names={words} /> })))[1]).toMatch(/^a very lon.*…$/)
    const many = Array.from({ length: 200 }, (_, i) => String(i))
    const place = await rendered(four({ x: { kind: 'band', count: 200 }, children: <BandNames names={many} /> }))
    expect(texts(place)).toEqual(['0', '20', '40', '60', '80', '100', '120', '140', '160', '180'])
  })

  it('a value stands over its bar, below it where it is negative, and not where something else says it', async () => {
    const values = <BandValues at={[0.5, -0.5, 0.2]} texts={['.50', '−.50', '.20']} except={2} />
    const place = await rendered(four({ y: { kind: 'linear', low: -1, high: 1 }, children: values }))
    expect([...place.querySelectorAll('text')].map((each) => [each.textContent, each.getAttribute('y')])).toEqual([
      ['.50', '20'],
      ['−.50', '89'],
    ])
  })

  it('a readout stays inside the plot, and a highlight covers its band', async () => {
    const place = await rendered(
      four({
        children: (
          <>
            <BandReadout index={0} at={0.5} text="a long name: 0.1234" />
            <BandHighlight index={3} />
          </>
        ),
      }),
    )
    const text = (place.querySelector('.band-readout') as SVGGraphicsElement).getBBox()
    expect(text.x).toBeGreaterThanOrEqual(-1)
    expect(boxOf(place, '.band-highlight')).toEqual([317.5, 0, 65, 100])
  })

  it('an axis has a line for each tick, and a firm one at 0', async () => {
    const place = await rendered(four({ children: <AxisY count={2} /> }))
    expect([...place.querySelectorAll('.axis text')].map((each) => each.textContent)).toEqual(['0', '0.5', '1'])
    expect(place.querySelectorAll('line.base')).toHaveLength(1)
  })
})

describe('Columns', () => {
  const painted = (place: HTMLElement, x: number, y: number) => {
    const canvas = place.querySelector('canvas')!
    const density = canvas.width / 400
    return canvas.getContext('2d')!.getImageData(Math.floor(x * density), Math.floor(y * density), 1, 1).data[3]! > 0
  }
  const canvas = async (values: ArrayLike<number>) =>
    rendered(
      four({
        height: 110,
        margins: { bottom: 10 },
        x: { kind: 'band', count: values.length, gap: 0 },
        under: <Columns values={values} colour="rgb(255, 0, 0)" />,
      }),
    )

  it('paints one peak among 4000 entries', async () => {
    const values = new Float64Array(4000)
    values[2000] = 1
    const place = await canvas(values)
    expect(painted(place, 200, 5)).toBe(true)
    expect(painted(place, 190, 5)).toBe(false)
  })

  it('marks exact zeros below the base line, and tells them from small numbers above it', async () => {
    const values = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 1e-9 : 0))
    const place = await canvas(values)
    expect([painted(place, 100, 99.5), painted(place, 100, 103)]).toEqual([true, false])
    expect([painted(place, 300, 99.5), painted(place, 300, 103)]).toEqual([false, true])
  })
})

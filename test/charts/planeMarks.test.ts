import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { CellGrid } from '../../src/charts/CellGrid.tsx'
import { cellNumber, weightAfterKey } from '../../src/charts/DragCells.tsx'
import { Frame } from '../../src/charts/Frame.tsx'
import { PointName } from '../../src/charts/PointName.tsx'
import { Points } from '../../src/charts/Points.tsx'
import { Rules } from '../../src/charts/Rules.tsx'
import { shadeColour } from '../../src/charts/shadeColour.ts'
import { ShadedPath } from '../../src/charts/ShadedPath.tsx'

/** A frame of 100 × 100 pixels where x and y go from 0 to 10: 1 is 10 pixels, and y grows upwards. */
const draw = (...marks: ReactNode[]): string =>
  renderToStaticMarkup(
    createElement(
      Frame,
      {
        label: 'test',
        width: 100,
        height: 100,
        x: { kind: 'linear', low: 0, high: 10 },
        y: { kind: 'linear', low: 0, high: 10 },
      },
      ...marks,
    ),
  )
const paths = (svg: string) => [...svg.matchAll(/ d="([^"]*)"/g)].map((match) => match[1]!)

describe('ShadedPath', () => {
  it('draws a segment between neighbours in the colour of its end, and none at a gap', () => {
    const svg = draw(
      createElement(ShadedPath, { xs: [0, 1, NaN, 3, 4], ys: [0, 2, 2, 2, 5], shades: [0, 0.25, 0.5, 0.75, 1] }),
    )
    expect(paths(svg)).toEqual(['M0.00 100.00L10.00 80.00', 'M30.00 80.00L40.00 50.00'])
    expect(svg).toContain(`stroke="${shadeColour(0.25)}"`)
    expect(svg).toContain(`stroke="${shadeColour(1)}"`)
  })

  it('shades stay between early and late', () => {
    expect(shadeColour(-1)).toBe(shadeColour(0))
    expect(shadeColour(2)).toBe(shadeColour(1))
    expect(shadeColour(0.5)).toContain('50.0%')
  })
})

describe('Points', () => {
  it('draws a circle round each finite point, in one path', () => {
    const svg = draw(createElement(Points, { xs: [1, NaN, 3], ys: [9, 1, Infinity], fill: 'red', radius: 2 }))
    expect(paths(svg)).toEqual(['M8.00 10.00a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z'])
  })

  it('draws points at one place as one mark, so that 256 of them are still seen', () => {
    const same = Array.from({ length: 256 }, () => 5)
    const svg = draw(createElement(Points, { xs: [...same, 1], ys: [...same, 9], fill: 'red', radius: 2 }))
    expect(paths(svg)).toEqual(['M48.00 50.00a2 2 0 1 0 4 0a2 2 0 1 0 -4 0zM8.00 10.00a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z'])
  })

  it('draws squares and crosses round the same centre; a cross has no fill', () => {
    const at = { xs: [5], ys: [5], fill: 'red', radius: 3 }
    expect(paths(draw(createElement(Points, { ...at, shape: 'square' })))).toEqual(['M47.00 47.00h6v6h-6z'])
    const cross = draw(createElement(Points, { ...at, shape: 'cross' }))
    expect(paths(cross)).toEqual(['M47.00 47.00l6 6m0 -6l-6 6'])
    expect(cross).toContain('fill="none"')
  })
})

describe('Rules', () => {
  it('stand at values of x and lie at values of y; none outside the plot', () => {
    expect(paths(draw(createElement(Rules, { of: 'x', at: [2, 12, NaN] })))).toEqual(['M20.00 100V0'])
    expect(paths(draw(createElement(Rules, { of: 'y', at: [2, -1] })))).toEqual(['M0 80.00H100'])
  })

  it('carry their label', () => {
    expect(draw(createElement(Rules, { of: 'y', at: [5], label: 'H(Y) = 1' }))).toContain('>H(Y) = 1</text>')
  })
})

describe('PointName', () => {
  it('stands beside its point, and nowhere for a point that is not finite', () => {
    expect(draw(createElement(PointName, { x: 5, y: 5, text: 'L1', dx: 8, dy: -8 }))).toContain('x="58" y="42"')
    expect(draw(createElement(PointName, { x: NaN, y: 5, text: 'L1' }))).not.toContain('L1')
  })
})

describe('CellGrid', () => {
  const grid = (rows: number[][], width = 200) =>
    renderToStaticMarkup(
      createElement(CellGrid, {
        label: 'grid',
        rows,
        rowNames: rows.map((_, r) => `r${r}`),
        columnNames: rows[0]!.map((_, c) => `c${c}`),
        width,
        rowHeight: 20,
        colour: 'blue',
      }),
    )

  it('is as dark as the share and writes it, but for a share that reads as zero', () => {
    const svg = grid([[0.25, 0.001]])
    expect(svg).toContain('fill-opacity="0.25"')
    expect(svg).toContain('>.25</text>')
    expect(svg).not.toContain('>.001<')
  })

  it('leaves the numbers out of cells too narrow for them', () => {
    const narrow = grid([Array.from({ length: 12 }, () => 0.5)])
    expect(narrow).not.toContain('>.5<')
  })
})

describe('a cell’s weight after a key', () => {
  it('moves by a fiftieth, a tenth, or to an end; other keys leave it', () => {
    const after = (key: string) => weightAfterKey(key, 1, 5)
    expect(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'a'].map(after)).toEqual([
      1.1,
      0.9,
      1.5,
      0.5,
      0,
      5,
      null,
    ])
  })
})

it('a weight in a cell has the digits that its cell has room for', () => {
  const weights = [0, 0.15, 0.0094, 0.00059, 25, 123456789]
  expect(weights.map((weight) => cellNumber(weight, 44))).toEqual(['0', '.15', '.0094', '5.9e−4', '25', '1.2e8'])
  expect(weights.map((weight) => cellNumber(weight, 28))).toEqual(['0', '.15', '.009', '6e−4', '25', '1e8'])
})

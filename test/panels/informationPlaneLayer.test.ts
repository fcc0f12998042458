import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { LayerFigure } from '../../src/panels/informationPlane/LayerFigure.tsx'
import { layerPicture } from '../../src/panels/informationPlane/layerPicture.ts'
import { settingsOf } from '../../src/panels/informationPlane/experiment.ts'

/** What is written below the pictures of a tanh layer of two units. */
function said(id: string, label: string, values: readonly number[]): string {
  const T = { rows: values.length / 2, cols: 2, values: Float64Array.from(values) }
  const rows = Array.from({ length: T.rows }, (_, r) => r)
  return renderToStaticMarkup(
    createElement(LayerFigure, {
      picture: layerPicture(T, rows, settingsOf(id), [-1, 1]),
      labels: rows.map((r) => r % 2),
      classNames: ['0', '1'],
      estimator: { id, label, measure: 'shannon', samples: T.rows, readsInput: true },
      bounds: [-1, 1],
      width: 600,
    }),
  )
}
const spread = Array.from({ length: 200 }, (_, i) => Math.sin(i))

it('30 fixed bins are said to be 30 cells between 29 edges, and 30 adaptive ones 32 with those of two values', () => {
  expect(said('bin-fixed', 'fixed bins', spread)).toContain('29 edges of fixed bins, which make 30 cells')
  expect(said('ebab', 'adaptive bins', spread)).toContain(
    '32 edges of adaptive bins, which make 32 cells, of which one is for the idle value and one for the greatest',
  )
})

it('a layer whose units are all 1 but for rounding says so, and draws one dot a class', () => {
  const saturated = Array.from({ length: 600 }, (_, i) => (i % 7 === 0 ? 1 - 1e-14 : 1))
  const html = said('bin-fixed', 'fixed bins', saturated)
  expect(html).toContain('All activations are 1, or less than that by at most 1e−14.')
  const dots = [...html.matchAll(/class="points" d="([^"]+)"/g)].map((match) => match[1]!.split('M').length - 1)
  expect(dots).toEqual([1, 1])
})

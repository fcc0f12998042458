import { FigureTable } from '../../charts/FigureTable.tsx'
import type { IbCurveExperiment } from './experiment.ts'
import type { IbCurveResult } from './result.ts'

/** Up to twelve decimals: what comes after them is rounding. */
export const exact = (value: number): string => String(Number(value.toFixed(12)))
const all = (values: readonly number[]) => values.map(exact)

/** The numbers behind the picture, all digits that are known. */
export function CurveTable({
  result,
  view,
}: {
  readonly result: IbCurveResult
  readonly view: IbCurveExperiment['view']
}) {
  if (view === 'coupling') {
    const { points } = result.coupling
    return (
      <FigureTable
        caption="Information kept of x at each rate, bits"
        rowTitle="rate"
        rows={all(points.map(({ rate }) => rate))}
        columns={[
          { title: 'greedy grouping', cells: all(points.map(({ greedy }) => greedy)) },
          { title: 'merging the two smallest', cells: all(points.map(({ smallestFirst }) => smallestFirst)) },
          { title: 'best grouping', cells: points.map(({ best }) => (best === null ? 'not listed' : exact(best))) },
          { title: 'one symbol shared', cells: all(points.map(({ filled }) => filled)) },
        ]}
      />
    )
  }
  const { points, dib, hardIsExact, gains, criticalBetas } = result
  const hard = hardIsExact ? 'hard' : 'hard, greedy'
  const marks = Math.max(gains.length, criticalBetas.length)
  const upTo = (values: readonly number[]) =>
    Array.from({ length: marks }, (_, i) => (values[i] === undefined ? '' : exact(values[i])))
  return (
    <>
      <FigureTable
        caption="The information bottleneck curve, bits"
        rowTitle="β"
        rows={all(points.map(({ beta }) => beta))}
        columns={[
          { title: 'I(X;T)', cells: all(points.map(({ I_XT }) => I_XT)) },
          { title: 'I(T;Y)', cells: all(points.map(({ I_TY }) => I_TY)) },
          { title: 'certificate', cells: all(points.map(({ certificate }) => certificate)) },
          { title: 'clusters', cells: all(points.map(({ clusters }) => clusters)) },
          { title: `${hard}: H(T)`, cells: all(dib.map(({ H_T }) => H_T)) },
          { title: `${hard}: I(T;Y)`, cells: all(dib.map(({ I_TY }) => I_TY)) },
        ]}
      />
      {marks > 0 && (
        <FigureTable
          caption="Critical β"
          rowTitle="number"
          rows={Array.from({ length: marks }, (_, i) => String(i + 1))}
          columns={[
            { title: 'the best T gains clusters', cells: upTo(gains.map(({ beta }) => beta)) },
            { title: 'to', cells: upTo(gains.map(({ to }) => to)) },
            { title: 'local stability is lost', cells: upTo(criticalBetas) },
          ]}
        />
      )}
    </>
  )
}

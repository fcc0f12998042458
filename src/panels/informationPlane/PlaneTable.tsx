import { FigureTable } from '../../charts/FigureTable.tsx'
import { layerName, type InformationPlaneResult } from './result.ts'

/** The first network's numbers, all digits: an epoch a row. */
export function PlaneTable({ result }: { readonly result: InformationPlaneResult }) {
  const [run] = result.runs
  if (!run) return null
  const { epochs } = run
  const column = (title: string, of: (log: (typeof epochs)[number]) => number) => ({
    title,
    cells: epochs.map((log) => String(of(log))),
  })
  const layers = epochs[0]?.layers.map((_, l) => l) ?? []
  return (
    <FigureTable
      caption={`Seed ${run.seed}: information in bits, loss in nats`}
      rowTitle="epoch"
      rows={epochs.map(({ epoch }) => String(epoch))}
      columns={[
        column('loss', ({ loss }) => loss),
        column('accuracy, training', ({ trainAccuracy }) => trainAccuracy),
        column('accuracy, test', ({ testAccuracy }) => testAccuracy),
        column('saturation', ({ saturation }) => saturation),
        ...result.estimators.flatMap(({ id, label }) =>
          layers.flatMap((l) => [
            column(`${label}, ${layerName(result, l)}: I(X;T)`, (log) => log.layers[l]![id]!.I_XT),
            column('I(T;Y)', (log) => log.layers[l]![id]!.I_TY),
            column('I(T;Y), shuffled', (log) => log.layers[l]![id]!.shuffled),
          ]),
        ),
      ]}
    />
  )
}

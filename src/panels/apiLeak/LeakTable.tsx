import { FigureTable } from '../../charts/FigureTable.tsx'
import { growthOf, knownOf } from './lookedAt.ts'
import type { StepProps } from './stepProps.ts'

const mostRows = 1000
const all = (values: readonly (number | string)[]) => values.map((value) => (Number.isNaN(value) ? '' : String(value)))

/** The numbers behind the figures of the part that is looked at, all digits. */
export function LeakTable({ experiment, result }: Omit<StepProps, 'edit'>) {
  switch (experiment.step) {
    case 'read':
      return <ReadTables {...{ experiment, result }} />
    case 'count':
      return <GrowthTable result={result} />
    case 'rebuild':
      return <RebuiltTable {...{ experiment, result }} />
    case 'compare':
      return <SuspectTable result={result} />
  }
}

function ReadTables({ experiment, result }: Omit<StepProps, 'edit'>) {
  const { values } = knownOf(experiment, result)
  const { truth } = result.reading
  const { stability } = result
  return (
    <>
      <FigureTable
        caption="Log-probabilities of the first prompt, nats"
        rowTitle="token"
        rows={all(truth.map((_, token) => token)).slice(0, mostRows)}
        columns={[
          { title: 'recovered', cells: all(values) },
          ...(experiment.truth ? [{ title: 'truth', cells: all(truth) }] : []),
        ]}
      />
      {stability && (
        <FigureTable
          caption="Largest error by bias, nats, and the share of tokens that came back"
          rowTitle="bias"
          rows={all(stability.anchored.map(({ bias }) => bias))}
          columns={(['anchored', 'topK', 'oneToken'] as const).flatMap((key) => [
            { title: names[key], cells: all(stability[key].map(({ error }) => error)) },
            { title: 'back', cells: all(stability[key].map(({ back }) => back)) },
          ])}
        />
      )}
    </>
  )
}

const names = { anchored: 'anchored', topK: 'all at once', oneToken: 'one at a time' } as const

function GrowthTable({ result }: Pick<StepProps, 'result'>) {
  const growth = result.campaign?.growth ?? []
  const column = (title: string, of: (each: (typeof growth)[number]) => number | string) => ({
    title,
    cells: all(growth.map(of)),
  })
  return (
    <FigureTable
      caption="What the outputs show"
      rowTitle="outputs"
      rows={all(growth.map(({ outputs }) => outputs))}
      columns={[
        column('calls', ({ calls }) => calls),
        column('with gaps', ({ lost }) => lost),
        column('rank', ({ rank }) => rank),
        column('d found', ({ found }) => found ?? ''),
        column('errors reach', ({ edge }) => edge),
        column('weakest direction', ({ singularValues, rank }) => singularValues[rank - 1] ?? ''),
        column('residual held out', ({ residual }) => residual),
        column('at most', ({ residualLimit }) => residualLimit),
        column('layer off by', ({ layerMismatch }) => layerMismatch),
        column('rebuilt off by, nats', ({ shortcut }) => shortcut?.error ?? ''),
      ]}
    />
  )
}

function RebuiltTable({ experiment, result }: Omit<StepProps, 'edit'>) {
  const growth = growthOf(experiment, result)
  const truth = result.campaign?.heldOut ?? []
  const rebuilt = result.arrays?.['rebuilt']
  if (!growth?.shortcut || !rebuilt) return null
  const row = rebuilt.values.subarray((growth.outputs - 1) * truth.length, growth.outputs * truth.length)
  return (
    <FigureTable
      caption="The output that was not read, nats"
      rowTitle="token"
      rows={all(truth.map((_, token) => token)).slice(0, mostRows)}
      columns={[
        { title: 'rebuilt', cells: all([...row]) },
        ...(experiment.truth ? [{ title: 'truth', cells: all(truth) }] : []),
      ]}
    />
  )
}

function SuspectTable({ result }: Pick<StepProps, 'result'>) {
  const suspects = result.suspects ?? []
  const column = (title: string, of: (each: (typeof suspects)[number]) => number | string) => ({
    title,
    cells: all(suspects.map(of)),
  })
  return (
    <FigureTable
      caption="Suspects against the image of the first model"
      rowTitle="suspect"
      rows={suspects.map(({ label }) => label)}
      columns={[
        column('outputs changed', ({ outputsChanged }) => outputsChanged),
        column('by, nats', ({ difference }) => difference),
        column('errors reach', ({ differenceLimit }) => differenceLimit),
        column('image changed', ({ imageChanged }) => imageChanged),
        column('residual', ({ residual }) => residual),
        column('errors reach', ({ residualLimit }) => residualLimit),
        column('directions added', ({ rankChange }) => rankChange),
        column('calls', ({ calls }) => calls),
        column('calls for directions', ({ callsForRank }) => callsForRank),
      ]}
    />
  )
}

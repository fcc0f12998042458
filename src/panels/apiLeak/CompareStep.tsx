import { ScrubNumber } from '../../charts/ScrubNumber.tsx'
import { hasNoImage, suspectOf } from './lookedAt.ts'
import { noImage } from './noImage.ts'
import { ResidualRows } from './ResidualRows.tsx'
import type { SuspectReading, Verdict } from './result.ts'
import type { StepProps } from './stepProps.ts'
import { addedInShort, callsToTell, loraBeyond } from './suspectWords.ts'
import { suspects as registry } from './suspects.ts'

/** Suspects sorted by what changed: their outputs, and the image that these lie in. */
export function CompareStep({ experiment, result, edit }: StepProps) {
  const { suspects } = result
  if (suspects === null)
    return <p className="leak-awaited">{hasNoImage(result) ? noImage(result) : 'The suspects are being asked.'}</p>
  const here = suspectOf(experiment, result)
  const open = suspects.filter(({ outputsChanged, imageChanged }) => [outputsChanged, imageChanged].includes('unclear'))
  const cell = (outputs: Verdict, image: Verdict) => (
    <Cell
      suspects={suspects.filter((each) => each.outputsChanged === outputs && each.imageChanged === image)}
      chosen={experiment.suspect}
      edit={edit}
      empty={outputs === 'no' && image === 'yes' ? 'cannot be' : ''}
    />
  )
  return (
    <div className="leak-two">
      <div>
        <div className="leak-grid" role="group" aria-label="Suspects by what changed">
          <span />
          <h3>same image</h3>
          <h3>other image</h3>
          <h3>same outputs</h3>
          {cell('no', 'no')}
          {cell('no', 'yes')}
          <h3>other outputs</h3>
          {cell('yes', 'no')}
          {cell('yes', 'yes')}
        </div>
        {open.length > 0 && (
          <div className="leak-undecided">
            <h3>cannot be told under these errors</h3>
            <Cell suspects={open} chosen={experiment.suspect} edit={edit} empty="" />
          </div>
        )}
      </div>
      <div>
        <ResidualRows suspects={suspects} chosen={experiment.suspect} />
        {here && <About here={here} experiment={experiment} edit={edit} />}
      </div>
    </div>
  )
}

interface CellProps {
  readonly suspects: readonly SuspectReading[]
  readonly chosen: string
  readonly edit: StepProps['edit']
  /** What an empty cell says. */
  readonly empty: string
}

function Cell({ suspects, chosen, edit, empty }: CellProps) {
  return (
    <div className="leak-cell">
      {suspects.length === 0 && <span className="leak-note">{empty}</span>}
      {suspects.map((suspect) => (
        <button
          key={suspect.id}
          type="button"
          className="leak-chip"
          aria-pressed={suspect.id === chosen}
          onClick={() => edit({ suspect: suspect.id })}
        >
          {suspect.label}
          <small>{addedInShort(suspect)}</small>
        </button>
      ))}
    </div>
  )
}

interface AboutProps {
  readonly here: SuspectReading
  readonly experiment: StepProps['experiment']
  readonly edit: StepProps['edit']
}

function About({ here, experiment: { loraRank, hidden }, edit }: AboutProps) {
  return (
    <p className="leak-note">
      <strong>{here.label}</strong>
      {here.id === 'lora' && (
        <>
          , of rank{' '}
          <ScrubNumber
            value={loraRank}
            label="rank of the LoRA"
            range={[1, Math.min(12, hidden)]}
            scale="linear"
            multipleOf={1}
            problem={(value) =>
              Number.isInteger(value) && value >= 1 && value <= hidden ? null : `a whole number from 1 to d = ${hidden}`
            }
            onChange={(rank, gesture) => edit({ loraRank: rank }, gesture)}
          />
        </>
      )}
      . {registry.find(({ id }) => id === here.id)?.about} {here.id === 'lora' && loraBeyond({ loraRank, hidden })}{' '}
      {callsToTell(here)}
    </p>
  )
}

import type { PanelViewProps } from '../contract.ts'
import { NumbersDialog } from '../NumbersDialog.tsx'
import { bringRow } from './bringRow.ts'
import type { ActivationsExperiment } from './experiment.ts'
import type { ActivationsResult } from './result.ts'

export interface DataDialogProps extends Pick<
  PanelViewProps<ActivationsExperiment, ActivationsResult>,
  'readTable' | 'keepData'
> {
  /** A file that was dropped on the panel, to be read at once; null to ask for one. */
  readonly dropped: File | null
  readonly take: (patch: Partial<ActivationsExperiment>) => void
  readonly close: () => void
}

/** Asks for a row of logits, or a table of rows. */
export function DataDialog({ dropped, take, close, readTable, keepData }: DataDialogProps) {
  return (
    <NumbersDialog
      title="Your own logits"
      placeholder={'2.1, 1.6, 0.9, 0.2\nor [2.1, 1.6, 0.9, 0.2]'}
      accept=".txt,.csv,.tsv,.json,.npy,text/*,application/json"
      stays="The old logits stay."
      dropped={dropped && [dropped]}
      read={([file]) => bringRow(file!, file!.name, { readTable, keepData })}
      take={take}
      close={close}
    >
      Paste a row or a table, or choose a file: text, CSV, JSON or NPY, up to 1,000,000 entries a row and 64 MiB. It
      stays in this browser.
    </NumbersDialog>
  )
}

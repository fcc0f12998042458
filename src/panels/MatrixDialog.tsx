import type { MatrixLimit } from './matrixSource.ts'
import { NumbersDialog } from './NumbersDialog.tsx'

/**
 * Reads files, and gives what puts them into the experiment.
 * @throws an error that says what is wrong, and where
 */
export type BringMatrix = (files: readonly File[]) => Promise<() => void>

export interface MatrixDialogProps {
  /** Files that were dropped on the panel, to be read at once; null to ask for some. */
  readonly dropped: readonly File[] | null
  readonly limit: MatrixLimit
  readonly bring: BringMatrix
  readonly close: () => void
}

/** Asks for a matrix: pasted, a file of numbers, or a model's weights with its config. */
export function MatrixDialog({ dropped, limit, bring, close }: MatrixDialogProps) {
  return (
    <NumbersDialog
      title="Your own matrix"
      placeholder={'1, 0.5, -2\n0.25, 3, 1\nor [[1, 0.5, -2], [0.25, 3, 1]]'}
      accept=".npy,.csv,.tsv,.txt,.json,.safetensors,.bin"
      multiple
      stays="What was there stays."
      dropped={dropped}
      read={bring}
      take={(put) => put()}
      close={close}
    >
      Paste rows as CSV or JSON, or choose files: NPY, CSV, JSON or text up to 64 MiB; safetensors, with config.json for
      a model’s output layer; a .bin of llama2.c. Up to {limit.entries.toLocaleString('en-US')} entries are taken, the
      shorter side up to {limit.shortSide.toLocaleString('en-US')}; of a larger matrix a part. They stay in this
      browser.
    </NumbersDialog>
  )
}

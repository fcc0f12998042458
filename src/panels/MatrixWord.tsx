import { ChoiceWord } from '../charts/ChoiceWord.tsx'
import { partOf, type MatrixPart } from './bringMatrix.ts'
import type { MatrixLimit, MatrixOffer } from './matrixSource.ts'

export interface MatrixWordProps {
  readonly choices: readonly MatrixOffer[]
  readonly tensor: string | null
  readonly limit: MatrixLimit
  readonly onChoose: (part: MatrixPart) => void
}

/** Which matrix of a file is taken; nothing where it holds one. */
export function MatrixWord({ choices, tensor, limit, onChoose }: MatrixWordProps) {
  if (choices.length < 2) return null
  const options = choices.map((choice) => ({
    id: choice.tensor ?? '',
    label: `${choice.tensor ?? choice.kind} (${choice.rows} × ${choice.cols})`,
  }))
  return (
    <ChoiceWord
      label="matrix"
      value={tensor ?? ''}
      options={options}
      onChange={(id) => {
        const chosen = choices.find((choice) => (choice.tensor ?? '') === id)
        if (chosen) onChoose(partOf(chosen, limit))
      }}
    />
  )
}

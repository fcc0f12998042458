import { useState } from 'react'
import { DragCells } from '../../charts/DragCells.tsx'
import { shortNumber } from '../../charts/numberFormat.ts'
import { useWidth } from '../../charts/useWidth.ts'
import type { Edit } from '../contract.ts'
import {
  fullCell,
  totalOf,
  withColumn,
  withoutColumn,
  withoutRow,
  withRow,
  weightProblem,
  withWeight,
} from './edits.ts'
import type { IbCurveExperiment } from './experiment.ts'

export interface JointEditorProps {
  readonly joint: IbCurveExperiment['joint']
  readonly edit: Edit<IbCurveExperiment>
}

/** The joint distribution, a bar to drag for each pair of x and y. */
export function JointEditor({ joint, edit }: JointEditorProps) {
  const [element, width] = useWidth<HTMLDivElement>()
  const [nx, ny] = [joint.length, joint[0]!.length]
  const total = totalOf(joint)
  // Weights that people type sum to 1 but for the rounding of their sum.
  const sumsToOne = Math.abs(total - 1) < 1e-9
  const high = useHigh(joint)
  const cell = Math.max(24, Math.min(44, Math.floor((width - 34) / ny) - 3, Math.floor(420 / nx) - 3))
  const shape = (patch: Partial<IbCurveExperiment> | null) => patch && edit(patch)
  return (
    <div ref={element} className="ib-joint">
      <h3>How x and y go together</h3>
      {/* A wide table scrolls on a phone, so that a cell stays as large as a fingertip needs. */}
      <div className="ib-table">
        <DragCells
          label="Joint distribution of x and y"
          rows={joint}
          rowNames={joint.map((_, x) => `x${x + 1}`)}
          columnNames={joint[0]!.map((_, y) => `y${y + 1}`)}
          high={high}
          cell={cell}
          spoken={(r, c) => spokenWeight(joint[r]![c]!, sumsToOne ? 1 : total)}
          problem={(r, c, weight) => weightProblem(joint, r, c, weight)}
          onChange={(r, c, weight, gesture) => edit(withWeight(joint, r, c, weight), gesture)}
        />
      </div>
      {!sumsToOne && (
        <p className="ib-sum">The weights sum to {shortNumber(total, 4)}; a pair’s probability is its share of that.</p>
      )}
      <p className="ib-sides">
        <Side name="x" count={nx} less={withoutRow(joint)} more={withRow(joint)} shape={shape} />
        <Side name="y" count={ny} less={withoutColumn(joint)} more={withColumn(joint)} shape={shape} />
      </p>
    </div>
  )
}

/** A weight as its cell shows it, and what it makes of the pair. */
export function spokenWeight(weight: number, total: number): string {
  const probability = `probability ${shortNumber(weight / total, 3)}`
  return total === 1 ? probability : `weight ${shortNumber(weight, 3)} of ${shortNumber(total, 4)}, ${probability}`
}

/** A scale that grows at once but never shrinks, so that it rests while one drags. */
function useHigh(joint: IbCurveExperiment['joint']): number {
  const shape = `${joint.length} × ${joint[0]!.length}`
  const needed = fullCell(joint)
  const [kept, keep] = useState({ shape, high: needed })
  const largest = Math.max(...joint.flat())
  if (kept.shape === shape && kept.high >= largest && kept.high <= 8 * needed) return kept.high
  keep({ shape, high: needed })
  return needed
}

interface SideProps {
  readonly name: string
  readonly count: number
  readonly less: Partial<IbCurveExperiment> | null
  readonly more: Partial<IbCurveExperiment> | null
  readonly shape: (patch: Partial<IbCurveExperiment> | null) => void
}

function Side({ name, count, less, more, shape }: SideProps) {
  const step = (sign: string, word: string, patch: Partial<IbCurveExperiment> | null) => (
    <button
      type="button"
      className="tool-button"
      disabled={!patch}
      aria-label={`One value of ${name} ${word}`}
      onClick={() => shape(patch)}
    >
      {sign}
    </button>
  )
  return (
    <span>
      {step('−', 'less', less)} {count} values of {name} {step('+', 'more', more)}
    </span>
  )
}

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
          spoken={(r, c) => `probability ${shortNumber(joint[r]![c]! / total, 3)}`}
          problem={(r, c, weight) => weightProblem(joint, r, c, weight)}
          onChange={(r, c, weight, gesture) => edit(withWeight(joint, r, c, weight), gesture)}
        />
      </div>
      <p className="ib-sides">
        <Side name="x" count={nx} less={withoutRow(joint)} more={withRow(joint)} shape={shape} />
        <Side name="y" count={ny} less={withoutColumn(joint)} more={withColumn(joint)} shape={shape} />
      </p>
    </div>
  )
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

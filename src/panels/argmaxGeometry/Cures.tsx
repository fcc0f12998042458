import type { Edit } from '../contract.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'

const buttons = [
  { id: 'none', label: 'As it is', about: 'rows and biases as they are' },
  {
    id: 'unit-norm',
    label: 'Unit norm',
    about:
      'every row divided by its length, no bias: on a sphere no point lies inside the hull; a row of zeros has no length, and stays lost',
  },
  {
    id: 'voronoi-bias',
    label: 'b = −½‖w‖²',
    about: 'the bias of nearest rows: each token wins at its own row, and its region is its Voronoi cell',
  },
] as const

export interface CuresProps {
  readonly cure: ArgmaxGeometryExperiment['cure']
  readonly edit: Edit<ArgmaxGeometryExperiment>
}

/** What brings tokens back, one press each. */
export function Cures({ cure, edit }: CuresProps) {
  return (
    <div className="geo-cures" role="group" aria-label="cures">
      {buttons.map(({ id, label, about }) => (
        <button
          key={id}
          type="button"
          className="tool-button"
          aria-pressed={cure === id}
          title={about}
          onClick={() => edit({ cure: id, h: null })}
        >
          {label}
        </button>
      ))}
      <span className="geo-soft">{buttons.find(({ id }) => id === cure)?.about}</span>
    </div>
  )
}

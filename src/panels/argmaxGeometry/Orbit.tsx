import type { Edit } from '../contract.ts'
import type { ArgmaxGeometryExperiment } from './experiment.ts'

export interface OrbitProps {
  readonly orbit: ArgmaxGeometryExperiment['orbit']
  readonly edit: Edit<ArgmaxGeometryExperiment>
}

/** From where space is seen, for keys and fingers; a mouse may as well drag the ground. */
export function Orbit({ orbit: [turn, tilt], edit }: OrbitProps) {
  return (
    <div className="geo-orbit">
      <label>
        turn
        <input
          type="range"
          min={0}
          max={360}
          value={turn}
          aria-valuetext={`${turn} degrees`}
          onChange={(event) => edit({ orbit: [Number(event.target.value), tilt] }, 'turn')}
        />
      </label>
      <label>
        tilt
        <input
          type="range"
          min={-90}
          max={90}
          value={tilt}
          aria-valuetext={`${tilt} degrees`}
          onChange={(event) => edit({ orbit: [turn, Number(event.target.value)] }, 'tilt')}
        />
      </label>
    </div>
  )
}

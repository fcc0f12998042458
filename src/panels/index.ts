import { activationsPanel } from './activations/index.ts'
import type { AnyPanel } from './contract.ts'
import { sinkTrainingPanel } from './sinkTraining/index.ts'

/** Every panel, in the order menus show them. */
export const panels: readonly AnyPanel[] = [activationsPanel, sinkTrainingPanel]

/** The panel with this id, or undefined. */
export const panelById = (id: string): AnyPanel | undefined => panels.find((panel) => panel.id === id)

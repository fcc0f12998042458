import { activationsPanel } from './activations/index.ts'
import type { AnyPanel } from './contract.ts'

/** Every panel, in the order menus show them. */
export const panels: readonly AnyPanel[] = [activationsPanel]

/** The panel with this id, or undefined. */
export const panelById = (id: string): AnyPanel | undefined => panels.find((panel) => panel.id === id)

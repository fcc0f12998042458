import type { DragEvent } from 'react'

/** Handlers that take the files that are dropped anywhere on an element. */
export function onFiles(take: (files: readonly File[]) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes('Files')) event.preventDefault()
    },
    onDrop: (event: DragEvent) => {
      const files = [...event.dataTransfer.files]
      if (files.length === 0) return
      event.preventDefault()
      take(files)
    },
  }
}

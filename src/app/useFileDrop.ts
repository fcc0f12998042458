import { useEffect, useState } from 'react'
import { isMarkdown } from './markdownFile.ts'

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

const filesOf = (event: DragEvent) => [...(event.dataTransfer?.files ?? [])]

/**
 * Takes a Markdown file dropped anywhere on the page, panels included; panels take other files.
 * @param onFile   a notebook was dropped
 * @param onStray  a file was dropped that is no notebook, where no panel took it
 * @returns true while a file hovers over the page
 */
export function useFileDrop(onFile: (file: File) => void, onStray: (file: File) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const listeners = new AbortController()
    const { signal } = listeners
    window.addEventListener(
      'dragover',
      (event) => {
        if (!holdsFiles(event)) return
        setOver(!event.defaultPrevented)
        event.preventDefault()
      },
      { signal },
    )
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal })
    // On the way down, before a panel under it takes the file for numbers.
    window.addEventListener(
      'drop',
      (event) => {
        setOver(false)
        const file = filesOf(event).find(isMarkdown)
        if (!file) return
        event.preventDefault()
        event.stopPropagation()
        onFile(file)
      },
      { signal, capture: true },
    )
    window.addEventListener(
      'drop',
      (event) => {
        if (!holdsFiles(event) || event.defaultPrevented) return
        // Else the browser would leave the page to show the file.
        event.preventDefault()
        const [file] = filesOf(event)
        if (file) onStray(file)
      },
      { signal },
    )
    return () => listeners.abort()
  }, [onFile, onStray])
  return over
}

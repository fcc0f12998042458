import { useEffect, useState } from 'react'
import { isMarkdown } from './markdownFile.ts'

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/**
 * Takes a Markdown file dropped anywhere on the page; a panel that takes the drop itself prevents the default first.
 * @returns true while a file hovers over the page
 */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const listeners = new AbortController()
    const options = { signal: listeners.signal }
    window.addEventListener(
      'dragover',
      (event) => {
        if (!holdsFiles(event)) return
        setOver(!event.defaultPrevented)
        event.preventDefault()
      },
      options,
    )
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), options)
    window.addEventListener(
      'drop',
      (event) => {
        setOver(false)
        if (!holdsFiles(event) || event.defaultPrevented) return
        // Else the browser would leave the page to show the file.
        event.preventDefault()
        const file = [...(event.dataTransfer?.files ?? [])].find(isMarkdown)
        if (file) onFile(file)
      },
      options,
    )
    return () => listeners.abort()
  }, [onFile])
  return over
}

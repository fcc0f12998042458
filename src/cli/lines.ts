export interface Line {
  /** From 1. */
  readonly number: number
  /** Without its end; null if it is longer than the limit. */
  readonly text: string | null
}

/** Characters a line may have: a row of a million numbers with all their digits fits twice. */
export const longestLine = 2 ** 26

/**
 * Cuts text into lines, a batch for each chunk that ends one. Holds no more than one unfinished line.
 * Lines end in LF or CRLF; the last one may end without.
 */
export async function* lineBatches(chunks: AsyncIterable<string>, limit = longestLine): AsyncGenerator<Line[]> {
  let pieces: string[] = []
  let length = 0
  let number = 0

  function add(piece: string): void {
    length += piece.length
    if (length > limit) pieces = []
    else pieces.push(piece)
  }

  function finish(): Line {
    const text = length > limit ? null : pieces.join('').replace(/\r$/, '')
    pieces = []
    length = 0
    return { number: ++number, text }
  }

  for await (const chunk of chunks) {
    const lines: Line[] = []
    let start = 0
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      add(chunk.slice(start, end))
      lines.push(finish())
      start = end + 1
    }
    if (start < chunk.length) add(chunk.slice(start))
    if (lines.length > 0) yield lines
  }
  if (length > 0) yield [finish()]
}

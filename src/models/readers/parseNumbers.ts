import { readArrayText } from './arrayText.ts'
import { readDelimitedText } from './delimitedText.ts'
import { readJsonObject } from './jsonObject.ts'
import { isNpy, readNpy } from './npy.ts'
import { maxFileBytes, ReadError, type NumberTable } from './numberTable.ts'

/** Files that people drop by mistake, by their first bytes. */
const knownBinaries: readonly { readonly bytes: readonly number[]; readonly advice: string }[] = [
  {
    bytes: [0x50, 0x4b],
    advice: 'a zip archive (.npz, .xlsx, .pt). Save one array with np.save, or export a sheet as CSV.',
  },
  { bytes: [0x1f, 0x8b], advice: 'compressed with gzip. Unpack it first.' },
  { bytes: [0x89, 0x48, 0x44, 0x46], advice: 'an HDF5 file. Save one array with np.save.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], advice: 'a PNG picture.' },
  { bytes: [0x25, 0x50, 0x44, 0x46], advice: 'a PDF.' },
  { bytes: [0x80], advice: 'a Python pickle, which could run code. Save the array with np.save.' },
]

/**
 * Reads numbers from text, CSV, TSV, JSON or NPY; the content decides which, not the name.
 * @param fileName  only for messages: `logits.npy`, or `pasted`
 * @throws ReadError that says what is wrong, where, and what would be right; nothing else
 */
export function parseNumbers(bytes: Uint8Array, fileName: string): NumberTable {
  try {
    return readByContent(bytes)
  } catch (error) {
    if (error instanceof ReadError) throw error.inFile(fileName)
    throw error
  }
}

function readByContent(bytes: Uint8Array): NumberTable {
  if (bytes.length > maxFileBytes) {
    const size = Math.ceil(bytes.length / 1024 / 1024)
    throw new ReadError(`${size} MiB; at most 64 MiB can be read. Save fewer rows, or float16.`)
  }
  if (bytes.length === 0) throw new ReadError('the file is empty.')
  if (isNpy(bytes)) return readNpy(bytes)
  const text = asUtf8(bytes)
  refuseBinary(text)
  switch (firstCharacter(text)) {
    case '{':
      return readJsonObject(text)
    case '[':
      return readArrayText(text)
    default:
      return isPrintedArray(text) ? readArrayText(text) : readDelimitedText(text)
  }
}

/** UTF-8 without its byte order mark; UTF-16 with its mark, as spreadsheets write "Unicode text", is converted. */
function asUtf8(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.subarray(3)
  if (first === 0xff && second === 0xfe) return convert(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return convert(bytes, 'utf-16be')
  return bytes
}

const convert = (bytes: Uint8Array, encoding: string): Uint8Array =>
  new TextEncoder().encode(new TextDecoder(encoding).decode(bytes))

function refuseBinary(bytes: Uint8Array): void {
  const known = knownBinaries.find((binary) => binary.bytes.every((byte, index) => bytes[index] === byte))
  if (known !== undefined) throw new ReadError(`this is ${known.advice}`)
  const zero = bytes.indexOf(0)
  if (zero < 0) return
  throw new ReadError('this is not text. Formats that can be read: text, CSV, TSV, JSON and NPY.', { byte: zero })
}

const opening = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 4096))
const firstCharacter = (bytes: Uint8Array): string => opening(bytes).trimStart().charAt(0)

/** `array([…` and `tensor([…`, as Python prints them. */
const isPrintedArray = (bytes: Uint8Array): boolean => /^\s*(np\.|torch\.)?(array|tensor)\(\s*\[/.test(opening(bytes))

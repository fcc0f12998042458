/** Draws a matrix of 256 × 256 shades, changed each time, in two ways. Milliseconds of script, drawing not included. */
export interface HeatmapBench {
  run(way: 'canvas' | 'svg', times: number): number
}

const side = 256
const shades = Array.from({ length: 256 }, (_, i) => `rgb(${i}, ${255 - i}, 128)`)

const canvas = document.createElement('canvas')
canvas.width = canvas.height = side
const context = canvas.getContext('2d')
if (!context) throw new Error('bench: no 2d canvas')
const image = context.createImageData(side, side)
const pixels = new Uint32Array(image.data.buffer)
const table = Uint32Array.from({ length: 256 }, (_, i) => (255 << 24) | (128 << 16) | ((255 - i) << 8) | i)

const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
const rects = Array.from({ length: side * side }, (_, i) => {
  const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [name, value] of Object.entries({ x: i % side, y: Math.floor(i / side), width: 1, height: 1 }))
    rect.setAttribute(name, String(value))
  svg.append(rect)
  return rect
})
document.body.append(canvas, svg)

let phase = 0
const shade = (i: number) => (i * 7 + phase * 13) & 255

const ways = {
  canvas() {
    for (let i = 0; i < pixels.length; i++) pixels[i] = table[shade(i)]!
    context.putImageData(image, 0, 0)
  },
  svg() {
    for (let i = 0; i < rects.length; i++) rects[i]!.setAttribute('fill', shades[shade(i)]!)
  },
}

Object.assign(globalThis, {
  bench: {
    run(way, times) {
      const before = performance.now()
      for (let i = 0; i < times; i++) {
        phase++
        ways[way]()
      }
      return (performance.now() - before) / times
    },
  } satisfies HeatmapBench,
})

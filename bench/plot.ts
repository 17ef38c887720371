/** A line of a plot, with its data points. */
export interface Line {
  readonly name: string
  readonly points: readonly (readonly [size: number, milliseconds: number])[]
}

export interface Plot {
  readonly title: string
  /** The unit of the size axis. */
  readonly unit: string
  readonly lines: readonly Line[]
}

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [640, 300, 70, 40, 150, 40]
const COLOURS = ['#0969da', '#cf222e', '#1a7f37', '#8250df']

/** Draws plots below each other as one SVG. Both axes are logarithmic: linear cost rises by one decade per decade. */
export function drawPlots(plots: readonly Plot[]): string {
  const parts = plots.map(
    (plot, index) => `<g transform="translate(0 ${index * HEIGHT})">${drawPlot(plot)}</g>`,
  )
  const size = `width="${WIDTH}" height="${HEIGHT * plots.length}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`
}

function drawPlot({ title, unit, lines }: Plot): string {
  const points = lines.flatMap((line) => line.points)
  const x = scale(
    points.map(([size]) => size),
    LEFT,
    WIDTH - RIGHT,
  )
  const y = scale(
    points.map(([, milliseconds]) => milliseconds),
    HEIGHT - BOTTOM,
    TOP,
  )
  const parts = [`<text x="${LEFT}" y="20" font-weight="bold">${title}</text>`]
  for (const tick of x.ticks)
    parts.push(`<text x="${x.at(tick)}" y="${HEIGHT - 15}" text-anchor="middle">${tick} ${unit}</text>`)
  for (const tick of y.ticks) {
    const height = y.at(tick)
    parts.push(`<path d="M${LEFT} ${height}H${WIDTH - RIGHT}" stroke="#d0d7de"/>`)
    const label = tick >= 1000 ? `${tick / 1000} s` : `${tick} ms`
    parts.push(`<text x="${LEFT - 8}" y="${height + 4}" text-anchor="end">${label}</text>`)
  }
  for (const [index, line] of lines.entries()) parts.push(drawLine(line, COLOURS[index] ?? '#000000', x, y))
  return parts.join('\n')
}

function drawLine({ name, points }: Line, colour: string, x: Scale, y: Scale): string {
  const places = points.map(([size, milliseconds]) => [x.at(size), y.at(milliseconds)] as const)
  const [endX, endY] = places.at(-1) ?? [0, 0]
  const path = places.map((place) => place.join(' ')).join('L')
  const dots = places.map(([dotX, dotY]) => `<circle cx="${dotX}" cy="${dotY}" r="3" fill="${colour}"/>`)
  const label = `<text x="${endX + 8}" y="${endY + 4}" fill="${colour}">${name}</text>`
  return [`<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"/>`, ...dots, label].join('\n')
}

interface Scale {
  /** The powers of ten to label. */
  readonly ticks: readonly number[]
  at(value: number): number
}

function scale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
    at: (value) => Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from)),
  }
}

/** The build information of a Go binary. */
export interface GoBuildInformation {
  /** Such as `sigs.k8s.io/kustomize/kustomize/v5`. */
  readonly module: string
  /** Without `v`; undefined for a build from a work tree, whose version is `(devel)`. */
  readonly version: string | undefined
}

const MAGIC = Buffer.from('\u00ff Go buildinf:', 'latin1')
const HEADER_SIZE = 32
const ALIGNMENT = 16
/** The flag that two strings follow the header, set since Go 1.18. */
const TEXTS_FOLLOW = 2
/** The module text is between two markers of this many bytes. */
const MARK_SIZE = 16

/**
 * Reads the build information of a Go binary (Go 1.18 or later; the layout is that of Go's debug/buildinfo).
 * Undefined for any other file.
 */
export function readGoBuildInformation(binary: Buffer): GoBuildInformation | undefined {
  for (let at = binary.indexOf(MAGIC); at >= 0; at = binary.indexOf(MAGIC, at + 1)) {
    const isHeader = at % ALIGNMENT === 0 && ((binary[at + MAGIC.length + 1] ?? 0) & TEXTS_FOLLOW) !== 0
    if (!isHeader) continue
    const goVersion = readText(binary, at + HEADER_SIZE)
    const module = goVersion === undefined ? undefined : readText(binary, goVersion.end)
    if (module === undefined) continue
    const found = parseModule(module.text.subarray(MARK_SIZE, -MARK_SIZE).toString('utf8'))
    if (found !== undefined) return found
  }
  return undefined
}

/** A string with a varint length prefix. */
function readText(
  binary: Buffer,
  start: number,
): { readonly text: Buffer; readonly end: number } | undefined {
  let length = 0
  let at = start
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = binary[at++]
    if (byte === undefined) return undefined
    length += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return { text: binary.subarray(at, at + length), end: at + length }
  }
  return undefined
}

function parseModule(text: string): GoBuildInformation | undefined {
  const [, module, version] = /^mod\t([^\t\n]+)\t([^\t\n]*)/mu.exec(text) ?? []
  if (module === undefined) return undefined
  return { module, version: /^v(\d+\.\d+\.\d+)$/u.exec(version ?? '')?.[1] }
}

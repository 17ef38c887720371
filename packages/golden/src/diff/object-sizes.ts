import { isMap, memberAt, toJson, type Value, type ValueMap } from '../resources/value.ts'

/** Sizes in bytes that the API server limits. */
export interface ObjectSizes {
  /** All annotations, including the copy that `kubectl apply` adds. */
  readonly annotations: number
  /** The values of a ConfigMap or Secret, decoded. */
  readonly data: number
}

/** Shorter YAML stays below every limit, even if JSON's escapes make it longer. */
const SAFE_LENGTH = 40_000
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The sizes of an object before redaction; undefined when it is too small for any limit. */
export function objectSizes(value: ValueMap, text: string): ObjectSizes | undefined {
  if (text.length < SAFE_LENGTH) return undefined
  return { annotations: annotationSize(value), data: dataSize(value) }
}

function annotationSize(value: ValueMap): number {
  const metadata = memberAt(value, 'metadata')
  const annotations = memberAt(metadata, 'annotations')
  const own = Object.entries(isMap(annotations) ? annotations : {}).filter(([key]) => key !== LAST_APPLIED)
  const applied: ValueMap = {
    ...value,
    metadata: { ...(isMap(metadata) ? metadata : {}), annotations: Object.fromEntries(own) },
  }
  const others = own.reduce((sum, [key, item]) => sum + byteLength(key) + byteLength(item), 0)
  // kubectl adds a newline to the copy.
  return others + LAST_APPLIED.length + goJsonLength(toJson(applied)) + 1
}

/** Go's encoding/json escapes `<`, `>`, `&` and two line separators with six characters. */
function goJsonLength(json: string): number {
  const escaped = json.match(/[<>&]/gu)?.length ?? 0
  const separators = json.match(/[\u2028\u2029]/gu)?.length ?? 0
  return Buffer.byteLength(json) + 5 * escaped + 3 * separators
}

function dataSize(value: ValueMap): number {
  const isSecret = value['kind'] === 'Secret'
  const sum = (field: string, size: (item: Value) => number): number => {
    const map = memberAt(value, field)
    return Object.values(isMap(map) ? map : {}).reduce<number>((total, item) => total + size(item), 0)
  }
  return (
    sum('data', isSecret ? decodedLength : byteLength) +
    sum('binaryData', decodedLength) +
    sum('stringData', byteLength)
  )
}

function byteLength(item: Value): number {
  return typeof item === 'string' ? Buffer.byteLength(item) : 0
}

function decodedLength(item: Value): number {
  return typeof item === 'string' ? Buffer.byteLength(item, 'base64') : 0
}

import { isMap, memberAt, toJson, type Value, type ValueMap } from '../resources/value.ts'

/** Sizes of an object that the API server has limits for, in bytes. */
export interface ObjectSizes {
  /** What `kubectl apply` adds to the annotations of the object, together with those that it has. */
  readonly annotations: number
  /** The values of a ConfigMap or Secret, decoded. */
  readonly data: number
}

/** Escapes can make JSON longer than the YAML text, though not by this much in any real object. */
const NEVER_TOO_LARGE = 40_000
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The sizes of an object before redaction; undefined when it is too small for any limit. */
export function objectSizes(value: ValueMap, text: string): ObjectSizes | undefined {
  if (text.length < NEVER_TOO_LARGE) return undefined
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
  // kubectl ends the copy with a newline.
  return others + LAST_APPLIED.length + goJsonLength(toJson(applied)) + 1
}

/** Go writes `<`, `>`, `&` and two line separators in JSON as six characters. */
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

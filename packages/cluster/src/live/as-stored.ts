import { isMap, member, memberAt, setMember, type Value, type ValueMap } from '@overlay-render/golden'

const COPY = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * An object as the API server stores it: without status and without the fields that the server sets, `stringData` of a Secret as
 * base64 in `data`. The annotation with the last applied configuration is left out too.
 */
export function asStored(value: ValueMap): ValueMap {
  const { status: _status, stringData, ...stored } = value
  const metadata = member(value, 'metadata')
  const annotations = member(metadata, 'annotations')
  if (isMap(metadata)) {
    const {
      managedFields: _fields,
      creationTimestamp: _time,
      uid: _uid,
      resourceVersion: _version,
      ...rest
    } = metadata
    const { [COPY]: _copy, ...notes } = isMap(annotations) ? annotations : {}
    stored['metadata'] = isMap(annotations) ? { ...rest, annotations: notes } : rest
  }
  if (member(value, 'kind') !== 'Secret' || !isMap(stringData)) return stored
  const data = { ...mapOf(member(value, 'data')) }
  for (const [key, text] of Object.entries(stringData))
    setMember(data, key, Buffer.from(String(text)).toString('base64'))
  return { ...stored, data }
}

function mapOf(value: Value | undefined): ValueMap {
  return isMap(value) ? value : {}
}

/** How the Secrets of manifests are replaced by stubs. */
export interface SecretStubs {
  /** The single key of a stub Secret whose keys are unknown, since they are in a file that was not read. */
  readonly unknownKeys?: string | undefined
}

/**
 * A Secret and its stub, both with empty values: only the names of the keys are compared, where they are known. Other objects are
 * unchanged.
 */
export function withoutValues(
  value: ValueMap,
  stub: ValueMap,
  { unknownKeys }: SecretStubs,
): readonly [ValueMap, ValueMap] {
  if (member(stub, 'kind') !== 'Secret') return [value, stub]
  const hidesKeys = unknownKeys !== undefined && keysOf(stub).includes(unknownKeys)
  const bare = (one: ValueMap): ValueMap => {
    const { data: _data, stringData: _stringData, ...rest } = one
    return hidesKeys ? rest : { ...rest, data: Object.fromEntries(keysOf(one).map((key) => [key, ''])) }
  }
  return [bare(value), bare(stub)]
}

function keysOf(secret: ValueMap): string[] {
  return ['data', 'stringData'].flatMap((field) => Object.keys(mapOf(memberAt(secret, field))))
}

import { isMap, member, memberAt, setMember, type Value, type ValueMap } from '@overlay-render/golden'

const COPY = 'kubectl.kubernetes.io/last-applied-configuration'

/** As the API server would store it: no status, no copy of what was applied, the texts of a Secret in base64. */
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
  /** The one key of a Secret whose keys are not known, since they are in a file of its own. */
  readonly unknownKeys?: string | undefined
}

/** A Secret and its stub with the names of their values alone, where those are known. */
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

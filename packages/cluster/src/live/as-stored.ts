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

/** A Secret with the names of its values alone. */
export function withoutValues(value: ValueMap): ValueMap {
  if (member(value, 'kind') !== 'Secret') return value
  const names = [
    ...Object.keys(mapOf(memberAt(value, 'data'))),
    ...Object.keys(mapOf(memberAt(value, 'stringData'))),
  ]
  const { stringData: _stringData, ...rest } = value
  return { ...rest, data: Object.fromEntries(names.map((name) => [name, ''])) }
}

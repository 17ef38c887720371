import { looksLikeFile } from '../resources/embedded-file.ts'
import { isList, isMap, member, setMember, type Value, type ValueMap } from '../resources/value.ts'
import type { Fingerprints } from './fingerprints.ts'
import { decodeBase64, textsInBase64 } from './base64.ts'
import { isSecretList, isSecretKind } from './secret-kind.ts'

/** The annotation in which `kubectl apply` stores a copy of the object, including a Secret's values. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The kind of a map. The key may be in any case, as in Go's JSON decoder. */
export function kindOf(map: ValueMap): string | undefined {
  const exact = member(map, 'kind')
  if (typeof exact === 'string') return exact
  const key = Object.keys(map).find((name) => name.length === 4 && name.toLowerCase() === 'kind')
  const value = key === undefined ? undefined : member(map, key)
  return typeof value === 'string' ? value : undefined
}

/** The fields of a reference to a Secret, such as a `secretRef`, a patch's target or an owner. */
const REFERENCE_FIELDS: ReadonlySet<string> = new Set(
  'kind apiVersion apiGroup group version name namespace uid optional controller blockOwnerDeletion'.split(
    ' ',
  ),
)

/** Whether a map is a Secret or was meant to be one, and not just a reference to one. */
export function isSecret(map: ValueMap, kind: string | undefined = kindOf(map)): boolean {
  if (kind === undefined || !isSecretKind(kind)) return false
  return !Object.entries(map).every(
    ([key, value]) => REFERENCE_FIELDS.has(key) && !isList(value) && !isMap(value),
  )
}

/** The items without a kind in a list of Secrets or a List. */
export function kindlessItems(map: ValueMap, kind: string | undefined = kindOf(map)): ValueMap[] {
  const items = kind !== undefined && isSecretList(kind) ? member(map, 'items') : undefined
  return isList(items) ? items.filter(isMap).filter((item) => kindOf(item) === undefined) : []
}

/** Masks a Secret in place, except its type and metadata. */
export function maskSecret(secret: ValueMap, fingerprints: Fingerprints): void {
  maskCopies(secret, fingerprints)
  for (const [key, value] of Object.entries(secret)) {
    const field = FIELDS.get(key.toLowerCase()) ?? hidden
    if (value !== null) setMember(secret, key, field(value, fingerprints))
  }
}

/** Masks labels and annotations that contain a value of the Secret. */
function maskCopies(secret: ValueMap, fingerprints: Fingerprints): void {
  const metadata = member(secret, 'metadata')
  const notes = ['labels', 'annotations'].map((key) => member(metadata, key)).filter(isMap)
  if (notes.every((map) => Object.keys(map).length === 0)) return
  const values = valuesOf(secret)
  for (const map of notes) {
    for (const [key, text] of Object.entries(map)) {
      if (typeof text === 'string' && values.some((value) => text.includes(value)))
        setMember(map, key, fingerprints.of(text))
    }
  }
}

/** The lines of a Secret's values, plain and decoded from base64, except short ones, which match by chance. */
function valuesOf(secret: ValueMap): string[] {
  const texts: string[] = []
  const pending: Value[] = Object.entries(secret).flatMap(([key, value]) =>
    SHOWN_FIELDS.has(key.toLowerCase()) ? [] : [value],
  )
  const metadata = member(secret, 'metadata')
  for (const [key, value] of Object.entries(isMap(metadata) ? metadata : {}))
    if (!METADATA.has(key)) pending.push(value)
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (isMap(value)) pending.push(...Object.values(value))
    else if (isList(value)) pending.push(...value)
    else if (typeof value === 'string') texts.push(value, decodeBase64(value)?.toString('utf8') ?? '')
  }
  return texts.flatMap((text) => text.split(/\s*\n\s*/u)).filter((line) => line.trim().length >= 6)
}

const SHOWN_FIELDS: ReadonlySet<string> = new Set(['apiversion', 'kind', 'type', 'immutable', 'metadata'])

type Mask = (value: Value, fingerprints: Fingerprints) => Value

const hidden: Mask = (value, fingerprints) => fingerprints.of(value)

/** Shows a single word and masks everything else. */
const word: Mask = (value, fingerprints) =>
  typeof value === 'string' && /^[\w./-]{1,253}$/u.test(value) ? value : fingerprints.of(value)

const entries =
  (mask: Mask): Mask =>
  (values, fingerprints) => {
    if (!isMap(values)) return fingerprints.of(values)
    const result: ValueMap = {}
    for (const [key, value] of Object.entries(values)) setMember(result, key, mask(value, fingerprints))
    return result
  }

const scalar: Mask = (value, fingerprints) => (isMap(value) || isList(value) ? fingerprints.of(value) : value)

/** Masks files and base64, which may be a copy of the object. */
const note: Mask = (value, fingerprints) =>
  typeof value === 'string' && !looksLikeFile(value) && textsInBase64(value).next().done === true
    ? value
    : fingerprints.of(value)

const annotations: Mask = (values, fingerprints) => {
  const masked = entries(note)(values, fingerprints)
  if (isMap(masked) && isMap(values) && Object.hasOwn(values, LAST_APPLIED)) {
    setMember(masked, LAST_APPLIED, fingerprints.of(values[LAST_APPLIED] ?? null))
  }
  return masked
}

const same: Mask = (value) => value

const METADATA: ReadonlyMap<string, Mask> = new Map([
  ['name', scalar],
  ['namespace', scalar],
  ['generateName', scalar],
  ['generation', scalar],
  ['uid', scalar],
  ['resourceVersion', scalar],
  ['selfLink', scalar],
  ['creationTimestamp', scalar],
  ['deletionTimestamp', scalar],
  ['labels', entries(scalar)],
  ['annotations', annotations],
  ['finalizers', same],
  ['managedFields', same],
  ['ownerReferences', same],
])

const metadata: Mask = (value, fingerprints) => {
  if (!isMap(value)) return fingerprints.of(value)
  const result: ValueMap = {}
  for (const [key, item] of Object.entries(value)) {
    setMember(result, key, item === null ? item : (METADATA.get(key) ?? hidden)(item, fingerprints))
  }
  return result
}

/** How each field of a Secret is masked, by its name in lower case. */
const FIELDS: ReadonlyMap<string, Mask> = new Map([
  ['apiversion', word],
  ['kind', word],
  ['type', word],
  ['immutable', (value, fingerprints) => (typeof value === 'boolean' ? value : fingerprints.of(value))],
  ['metadata', metadata],
  ['data', entries((value, fingerprints) => fingerprints.ofData(value))],
  [
    'stringdata',
    entries((value, fingerprints) =>
      typeof value === 'string' ? fingerprints.ofBytes(Buffer.from(value)) : fingerprints.of(value),
    ),
  ],
])

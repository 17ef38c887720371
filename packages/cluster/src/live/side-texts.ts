import {
  isMap,
  type Manifests,
  member,
  parseManifests,
  type Resource,
  toJson,
  type ValueMap,
} from '@overlay-render/golden'

/** The manifests of one side, as text. */
export class SideTexts {
  readonly #texts: string[] = []

  add(document: string | ValueMap): void {
    this.#texts.push(typeof document === 'string' ? document.replace(/\n*$/u, '\n') : `${toJson(document)}\n`)
  }

  read(file: string): Manifests {
    return parseManifests(this.#texts.join('---\n'), { file })
  }
}

/** Under the identity of the manifest: what names no namespace has none. */
export function named(value: ValueMap, { apiVersion, kind, namespace, name }: Resource['id']): ValueMap {
  const metadata = member(value, 'metadata')
  const { namespace: _namespace, ...others } = isMap(metadata) ? metadata : {}
  return {
    ...value,
    apiVersion,
    kind,
    metadata: { ...others, name, ...(namespace === '' ? {} : { namespace }) },
  }
}

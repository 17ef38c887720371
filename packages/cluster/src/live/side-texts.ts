import {
  isMap,
  type Manifests,
  member,
  parseManifests,
  type Resource,
  toJson,
  type ValueMap,
} from '@overlay-render/golden'

/** Collects the manifests of one side as YAML text. */
export class SideTexts {
  readonly #texts: string[] = []

  add(document: string | ValueMap): void {
    this.#texts.push(typeof document === 'string' ? document.replace(/\n*$/u, '\n') : `${toJson(document)}\n`)
  }

  read(file: string): Manifests {
    return parseManifests(this.#texts.join('---\n'), { file })
  }
}

/** An object with the identity of its manifest, so that a diff pairs the two: without a namespace where the manifest has none. */
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

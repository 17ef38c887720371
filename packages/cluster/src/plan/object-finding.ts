import type { ResourceId } from '@overlay-render/golden'
import { type Finding, findingData, type FindingData } from '@overlay-render/system'

/** A finding about one object, or a field of it. Its position is in the rendered manifests until its source is known. */
export interface ObjectFinding extends Finding {
  readonly id?: ResourceId | undefined
  /** Such as `spec.template.spec.containers[0].env[3]`, as the API server writes it. */
  readonly path?: string | undefined
}

/** The field in a server's message, such as `spec.ports[0].port` in `spec.ports[0].port: Invalid value: …`. */
export function fieldIn(reason: string): string | undefined {
  return /(?:^|\[|\s|")((?:metadata|spec|data|roleRef|rules|subjects|value|webhooks)(?:\.\w+|\[\d+\])*): /u.exec(
    reason,
  )?.[1]
}

/** A finding about an object in JSON. */
export interface ObjectFindingData extends FindingData {
  readonly resource?: ResourceId
  readonly path?: string
}

/** A finding about an object as plans and deploy tests have it in JSON. */
export function objectFindingData(finding: ObjectFinding): ObjectFindingData {
  const { id, path } = finding
  return {
    ...findingData(finding),
    ...(id === undefined ? {} : { resource: resourceData(id) }),
    ...(path === undefined ? {} : { path }),
  }
}

/** The identity of an object in JSON. */
export function resourceData({ apiVersion, kind, namespace, name }: ResourceId): ResourceId {
  return { apiVersion, kind, namespace, name }
}

import { isList, isMap, member, memberAt, type Value, type ValueMap } from '../resources/value.ts'
import { checkSchedule } from './cron-fields.ts'
import { checkServiceType } from './service-fields.ts'
import { hasClusterIp, isHeadless } from './update-rules/conditions.ts'

/** A validation of the API server that involves several fields. Returns the problem, or undefined. */
export interface ObjectCheck {
  readonly group: string
  readonly kinds: readonly string[]
  /** `before` is undefined for a new object. */
  readonly check: (after: ValueMap, before: ValueMap | undefined) => string | undefined
}

export const OBJECT_CHECKS: readonly ObjectCheck[] = [
  { group: 'apps', kinds: ['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'], check: checkSelector },
  { group: 'apps', kinds: ['StatefulSet'], check: checkUpdateStrategy },
  { group: '', kinds: ['ReplicationController'], check: checkControllerSelector },
  { group: '', kinds: ['Service'], check: checkIpFamily },
  { group: '', kinds: ['Service'], check: checkServiceType },
  { group: 'batch', kinds: ['CronJob'], check: checkSchedule },
  { group: 'apiextensions.k8s.io', kinds: ['CustomResourceDefinition'], check: checkStoredVersion },
]

function checkSelector(after: ValueMap): string | undefined {
  const labels = templateLabels(after)
  const wanted = memberAt(after, 'spec', 'selector', 'matchLabels')
  const missed = mismatchedLabel(wanted, labels)
  if (missed !== undefined) return mismatch(`spec.selector.matchLabels.${missed}`)
  const expressions = memberAt(after, 'spec', 'selector', 'matchExpressions')
  const broken = (isList(expressions) ? expressions : []).findIndex(
    (item) => !matchesExpression(item, labels),
  )
  return broken < 0 ? undefined : mismatch(`spec.selector.matchExpressions[${broken}]`)
}

/** An apply keeps the `rollingUpdate` settings that the server has added, which are invalid with `OnDelete`. */
function checkUpdateStrategy(after: ValueMap, before: ValueMap | undefined): string | undefined {
  const typeOf = (set: ValueMap): Value => memberAt(set, 'spec', 'updateStrategy', 'type') ?? 'RollingUpdate'
  if (before === undefined || typeOf(before) !== 'RollingUpdate' || typeOf(after) !== 'OnDelete')
    return undefined
  const written = memberAt(after, 'spec', 'updateStrategy', 'rollingUpdate')
  return written === null
    ? undefined
    : 'spec.updateStrategy.rollingUpdate stays and is not allowed with OnDelete; write rollingUpdate: null'
}

function checkControllerSelector(after: ValueMap): string | undefined {
  const missed = mismatchedLabel(memberAt(after, 'spec', 'selector'), templateLabels(after))
  return missed === undefined ? undefined : mismatch(`spec.selector.${missed}`)
}

function templateLabels(workload: ValueMap): Value {
  return memberAt(workload, 'spec', 'template', 'metadata', 'labels') ?? {}
}

function mismatch(place: string): string {
  return `${place} does not match the labels of spec.template`
}

function mismatchedLabel(wanted: Value | undefined, labels: Value): string | undefined {
  return isMap(wanted)
    ? Object.keys(wanted).find((key) => member(wanted, key) !== member(labels, key))
    : undefined
}

function matchesExpression(expression: Value, labels: Value): boolean {
  const key = member(expression, 'key')
  const values = member(expression, 'values')
  const label = typeof key === 'string' ? member(labels, key) : undefined
  const listed = isList(values) && label !== undefined && values.includes(label)
  switch (member(expression, 'operator')) {
    case 'In':
      return listed
    case 'NotIn':
      return !listed
    case 'Exists':
      return label !== undefined
    case 'DoesNotExist':
      return label === undefined
    default:
      return true
  }
}

/** The first IP family must match the Service's existing address. */
function checkIpFamily(after: ValueMap, before: ValueMap | undefined): string | undefined {
  if (before === undefined || !hasClusterIp(before, after) || (isHeadless(before) && isHeadless(after)))
    return undefined
  const first = (service: ValueMap): Value => {
    const families = memberAt(service, 'spec', 'ipFamilies')
    return isList(families) ? (families[0] ?? null) : null
  }
  const [old, fresh] = [first(before), first(after)]
  // Without a family, assume IPv4, the first family of nearly every cluster.
  return fresh === null || fresh === (old ?? 'IPv4')
    ? undefined
    : 'spec.ipFamilies[0] cannot be changed once the object exists'
}

/** Objects may still be stored in the previous storage version. */
function checkStoredVersion(after: ValueMap, before: ValueMap | undefined): string | undefined {
  const versions = (definition: ValueMap): readonly Value[] => {
    const list = memberAt(definition, 'spec', 'versions')
    return isList(list) ? list : []
  }
  const stored =
    before === undefined ? undefined : versions(before).find((item) => member(item, 'storage') === true)
  const name = member(stored, 'name')
  if (name === undefined || versions(after).some((item) => member(item, 'name') === name)) return undefined
  return `spec.versions no longer has ${String(name)}, the version that objects are stored in`
}

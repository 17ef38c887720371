import { isList, isMap, member, memberAt, type Value, type ValueMap } from '../resources/value.ts'
import { brokenSchedule } from './cron-fields.ts'
import { fieldOfOtherType } from './service-fields.ts'
import { hasClusterIp, isHeadless } from './update-rules.ts'

/** What the API server refuses for more than one field's sake: why, in a sentence; undefined when it is fine. */
export interface ObjectCheck {
  readonly group: string
  readonly kinds: readonly string[]
  /** `before` is undefined for a new object. */
  readonly check: (after: ValueMap, before: ValueMap | undefined) => string | undefined
}

export const OBJECT_CHECKS: readonly ObjectCheck[] = [
  { group: 'apps', kinds: ['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'], check: selectorMisses },
  { group: 'apps', kinds: ['StatefulSet'], check: strategyLeft },
  { group: '', kinds: ['ReplicationController'], check: controllerMisses },
  { group: '', kinds: ['Service'], check: familyChanges },
  { group: '', kinds: ['Service'], check: fieldOfOtherType },
  { group: 'batch', kinds: ['CronJob'], check: brokenSchedule },
  { group: 'apiextensions.k8s.io', kinds: ['CustomResourceDefinition'], check: storedVersionGone },
]

function selectorMisses(after: ValueMap): string | undefined {
  const labels = templateLabels(after)
  const wanted = memberAt(after, 'spec', 'selector', 'matchLabels')
  const missed = missedLabel(wanted, labels)
  if (missed !== undefined) return missesWords(`spec.selector.matchLabels.${missed}`)
  const expressions = memberAt(after, 'spec', 'selector', 'matchExpressions')
  const broken = (isList(expressions) ? expressions : []).findIndex((item) => !holds(item, labels))
  return broken < 0 ? undefined : missesWords(`spec.selector.matchExpressions[${broken}]`)
}

/** An apply leaves what the server added: the settings of rolling updates, which it then refuses. */
function strategyLeft(after: ValueMap, before: ValueMap | undefined): string | undefined {
  const typeOf = (set: ValueMap): Value => memberAt(set, 'spec', 'updateStrategy', 'type') ?? 'RollingUpdate'
  if (before === undefined || typeOf(before) !== 'RollingUpdate' || typeOf(after) !== 'OnDelete')
    return undefined
  const written = memberAt(after, 'spec', 'updateStrategy', 'rollingUpdate')
  return written === null
    ? undefined
    : 'spec.updateStrategy.rollingUpdate stays and is not allowed with OnDelete; write rollingUpdate: null'
}

function controllerMisses(after: ValueMap): string | undefined {
  const missed = missedLabel(memberAt(after, 'spec', 'selector'), templateLabels(after))
  return missed === undefined ? undefined : missesWords(`spec.selector.${missed}`)
}

function templateLabels(workload: ValueMap): Value {
  return memberAt(workload, 'spec', 'template', 'metadata', 'labels') ?? {}
}

function missesWords(place: string): string {
  return `${place} does not match the labels of spec.template`
}

function missedLabel(wanted: Value | undefined, labels: Value): string | undefined {
  return isMap(wanted)
    ? Object.keys(wanted).find((key) => member(wanted, key) !== member(labels, key))
    : undefined
}

function holds(expression: Value, labels: Value): boolean {
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

/** The first family of addresses is the one of the address that the Service has. */
function familyChanges(after: ValueMap, before: ValueMap | undefined): string | undefined {
  if (before === undefined || !hasClusterIp(before, after) || (isHeadless(before) && isHeadless(after)))
    return undefined
  const first = (service: ValueMap): Value => {
    const families = memberAt(service, 'spec', 'ipFamilies')
    return isList(families) ? (families[0] ?? null) : null
  }
  const [old, fresh] = [first(before), first(after)]
  // Nearly every cluster gives IPv4 addresses first.
  return fresh === null || fresh === (old ?? 'IPv4')
    ? undefined
    : 'spec.ipFamilies[0] cannot be changed once the object exists'
}

/** Objects may still be stored in the version that was the storage version until now. */
function storedVersionGone(after: ValueMap, before: ValueMap | undefined): string | undefined {
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

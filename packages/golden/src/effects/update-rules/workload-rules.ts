import { isList, memberAt, type Value } from '../../resources/value.ts'
import { hadValue } from './conditions.ts'
import { rulesOf, type UpdateRule } from './update-rule.ts'

const isIndexed = hadValue('spec.completionMode', 'Indexed')
const isSuspended = hadValue('spec.suspend', true)

/** Whether a pod has scheduling gates: until they are removed, its scheduling constraints can be tightened. */
const isGated = (pod: Value): boolean => {
  const gates = memberAt(pod, 'spec', 'schedulingGates')
  return isList(gates) && gates.length > 0
}
const POD_CHANGES = [
  'spec.containers[].image',
  'spec.initContainers[].image',
  'spec.activeDeadlineSeconds',
  'spec.tolerations',
  'spec.schedulingGates',
]

/** Scheduling fields of a suspended Job, which a queue may set. */
const SCHEDULING = [
  'spec.template.spec.affinity',
  'spec.template.spec.nodeSelector',
  'spec.template.spec.tolerations',
  'spec.template.spec.schedulingGates',
  'spec.template.metadata',
]

/** Pods, and what makes them. */
export const WORKLOAD_RULES: readonly UpdateRule[] = [
  ...rulesOf('apps', ['Deployment', 'DaemonSet', 'ReplicaSet'], 'immutable', ['spec.selector']),
  ...rulesOf('apps', ['StatefulSet'], 'immutable', ['spec'], {
    except: [
      'spec.replicas',
      'spec.ordinals',
      'spec.template',
      'spec.updateStrategy',
      'spec.revisionHistoryLimit',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.minReadySeconds',
    ],
  }),
  ...rulesOf('apps', ['ControllerRevision'], 'immutable', ['data']),
  ...rulesOf('batch', ['Job'], 'immutable', [
    'spec.selector',
    'spec.completionMode',
    'spec.podFailurePolicy',
    'spec.backoffLimitPerIndex',
    'spec.managedBy',
    'spec.successPolicy',
  ]),
  ...rulesOf('batch', ['Job'], 'immutable', ['spec.template'], {
    when: (job) => !isSuspended(job),
  }),
  ...rulesOf('batch', ['Job'], 'immutable', ['spec.template'], {
    except: SCHEDULING,
    when: isSuspended,
  }),
  ...rulesOf(
    'batch',
    ['Job'],
    'immutable',
    ['spec.template.spec.affinity.podAffinity', 'spec.template.spec.affinity.podAntiAffinity'],
    { when: isSuspended },
  ),
  ...rulesOf('batch', ['Job'], 'immutable', ['spec.completions'], {
    when: (_, after) =>
      !isIndexed(after) ||
      memberAt(after, 'spec', 'completions') !== (memberAt(after, 'spec', 'parallelism') ?? 1),
  }),
  ...rulesOf('', ['Pod'], 'immutable', ['spec'], {
    except: POD_CHANGES,
    when: (pod) => !isGated(pod),
  }),
  ...rulesOf('', ['Pod'], 'immutable', ['spec'], {
    except: [...POD_CHANGES, 'spec.nodeSelector', 'spec.affinity'],
    when: isGated,
  }),
  ...rulesOf('', ['Pod'], 'not-larger', ['spec.activeDeadlineSeconds']),
  ...rulesOf('', ['Pod'], 'only-added', ['spec.tolerations']),
  ...rulesOf('', ['Pod'], 'only-removed', ['spec.schedulingGates']),
]

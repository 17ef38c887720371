import { memberAt } from '../../resources/value.ts'
import { bothAre, hadValue, hasClusterIp, serviceType } from './conditions.ts'
import { rulesOf, type UpdateRule } from './update-rule.ts'

/** Configuration, Services, nodes and quotas. */
export const CORE_RULES: readonly UpdateRule[] = [
  ...rulesOf('', ['Secret'], 'immutable', ['type']),
  ...rulesOf('', ['ConfigMap', 'Secret'], 'immutable', ['immutable', 'data', 'stringData', 'binaryData'], {
    when: hadValue('immutable', true),
  }),
  ...rulesOf('', ['Service'], 'kept', ['spec.clusterIP', 'spec.clusterIPs'], { when: hasClusterIp }),
  ...rulesOf('', ['Service'], 'immutable', ['spec.loadBalancerClass'], {
    when: bothAre((service) => serviceType(service) === 'LoadBalancer'),
  }),
  ...rulesOf('', ['Service'], 'kept', ['spec.healthCheckNodePort'], {
    when: bothAre(
      (service) =>
        serviceType(service) === 'LoadBalancer' &&
        memberAt(service, 'spec', 'externalTrafficPolicy') === 'Local',
    ),
  }),
  ...rulesOf('', ['ResourceQuota'], 'immutable', ['spec.scopes']),
  ...rulesOf('', ['Node'], 'set-once', ['spec.providerID', 'spec.podCIDR']),
]

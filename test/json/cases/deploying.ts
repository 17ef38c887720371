import { BROKEN, DEPLOYMENT } from '../case-files.ts'
import type { JsonCase } from './json-case.ts'

/** Commands about clusters and pins. */
export const DEPLOYING_CASES: readonly JsonCase[] = [
  {
    says: 'plan with a finding',
    run: 'plan x',
    output: 'plan',
    status: 1,
    files: {
      'golden/x.yaml': DEPLOYMENT.replaceAll('app: deck', 'app: other'),
      'overlays/x/kustomization.yaml': 'resources: [cm.yaml, deck.yaml]\n',
      'overlays/x/deck.yaml': DEPLOYMENT,
    },
  },
  {
    says: 'compare pins that do not build',
    run: 'pin compare 4.5.4 4.5.4',
    output: 'pin-compare',
    status: 1,
    files: BROKEN,
  },
  {
    says: 'compare with a pin that is not there',
    run: 'pin compare 4.5.4 5.0.1',
    output: 'error',
    status: 2,
    env: { PATH: '/usr/bin:/bin' },
  },
]

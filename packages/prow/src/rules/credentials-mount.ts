import type { Rule } from '@overlay-render/check'
import { member, type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { example, type ProwCheck } from './prow-check.ts'

/** Variables from which programs read the path of a credentials file. */
const VARIABLES: ReadonlySet<string> = new Set([
  'GOOGLE_APPLICATION_CREDENTIALS',
  'AWS_SHARED_CREDENTIALS_FILE',
])
/** Options with the path of a token or of credentials, alone or in a script. */
const OPTION = /(?<![\w-])(--[\w-]*(?:token|credentials)[\w-]*)[= ](\/etc\/[\w./-]+)/gu
/** Where pods mount Secrets. Elsewhere a script may write the file. */
const MOUNTED = /^\/etc\/[\w./-]+$/u

interface Use {
  readonly name: string
  readonly path: string
}

function usesOf(container: Value): Use[] {
  const variables = mapsOf(container, 'env').flatMap((env): Use[] => {
    const [name, path] = [textOf(env, 'name'), textOf(env, 'value')]
    return VARIABLES.has(name) && MOUNTED.test(path) ? [{ name, path }] : []
  })
  const words = [...textsOf(container, 'command'), ...textsOf(container, 'args')]
  const options = words.flatMap((word) =>
    [...word.matchAll(OPTION)].map(([, name = '', path = '']) => ({ name, path })),
  )
  return [...variables, ...options]
}

/** The first file of credentials that a container reads where nothing is mounted. */
function unmounted(container: Value): Use | undefined {
  const mounts = mapsOf(container, 'volumeMounts').map((mount) =>
    textOf(mount, 'mountPath').replace(/\/+$/u, ''),
  )
  return usesOf(container).find(
    ({ path }) => !mounts.some((mount) => path === mount || path.startsWith(`${mount}/`)),
  )
}

/** Jobs that read credentials from a path where nothing is mounted. */
export const credentialsMount: Rule<ProwCheck> = {
  name: 'credentials-mount',
  severity: 'warning',
  doc: 'A job reads a token or credentials from a file below /etc, but its container mounts nothing there: a volume or a preset is missing.',
  check: ({ prow }) =>
    prow.jobs.flatMap((job) =>
      mapsOf(member(job.job, 'spec'), 'containers').flatMap((container): Finding[] => {
        const use = unmounted(container)
        if (use === undefined) return []
        return [
          {
            rule: 'credentials-mount',
            severity: 'warning',
            message: `${job.name} reads ${use.path} (${use.name}), where its container mounts nothing`,
            position: prow.origins.positionOfField(job.written, 'spec') ?? job.position,
            hint: 'mount the Secret there, or add the label of a preset that does',
          },
        ]
      }),
    ),
  examples: {
    fires: [
      example('a variable', {
        jobs: jobWith('env: [{name: GOOGLE_APPLICATION_CREDENTIALS, value: /etc/gcs/sa.json}]'),
      }),
      example('an option in a script, and a mount elsewhere', {
        jobs: jobWith(
          'args: ["-c", "commenter --token=/etc/github/oauth --confirm"], volumeMounts: [{name: v, mountPath: /etc/git}]',
        ),
      }),
    ],
    silent: [
      example('a mount', {
        jobs: jobWith(
          'args: ["--github-token-path=/etc/github/oauth"], volumeMounts: [{name: v, mountPath: /etc/github/}]',
        ),
      }),
      example('a file that a script may write', {
        jobs: jobWith('env: [{name: GOOGLE_APPLICATION_CREDENTIALS, value: /tmp/sa.json}]'),
      }),
      example('the mount of a preset', {
        jobs: `presets:
- {labels: {p: "1"}, env: [{name: GOOGLE_APPLICATION_CREDENTIALS, value: /etc/gcs/sa.json}], volumeMounts: [{name: v, mountPath: /etc/gcs}]}
periodics:
- {name: a, interval: 1h, labels: {p: "1"}, SPEC}`,
      }),
    ],
  },
}

function jobWith(fields: string): string {
  return `periodics:\n- {name: a, interval: 1h, spec: {containers: [{image: i, command: [bash], ${fields}}]}}`
}

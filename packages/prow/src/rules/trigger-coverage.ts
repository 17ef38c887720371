import { member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { matchesGo } from './go-regular-expression.ts'
import { atField, type DeployedOverlay, example, type ProwCheck, repositoryOf } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** Whether a job deploys or tests the overlay: it names the overlay, and some of its files start the job. */
function isFor(overlay: DeployedOverlay, each: EffectiveJob): boolean {
  return namesOverlay(overlay, each) && uncovered(overlay, each).length < overlay.inputs.length
}

/** Whether a job names the overlay in a variable or a word of its command. */
function namesOverlay(overlay: DeployedOverlay, { job }: EffectiveJob): boolean {
  const word = new RegExp(
    `(?:^|[\\s/="':,])${overlay.name.replace(/[^\w-]/gu, '\\$&')}(?:$|[\\s/"':,;])`,
    'u',
  )
  return mapsOf(member(job, 'spec'), 'containers').some((container) => {
    const variables = mapsOf(container, 'env').map((env) => textOf(env, 'value'))
    const scripts = [...textsOf(container, 'command'), ...textsOf(container, 'args')]
    if (variables.includes(overlay.name))
      return scripts.some((text) => /deploy|test\.sh|render|apply/u.test(text))
    return scripts.some((text) => /deploy|kubectl|kustomize|overlay-render/u.test(text) && word.test(text))
  })
}

/** A `run_if_changed` expression for the paths, from the fewest folders and files. */
export function coveringExpression(paths: readonly string[]): string {
  const folders = [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/') + 1)))].toSorted()
  const kept = folders.filter(
    (folder) =>
      folder === '' || !folders.some((other) => other !== folder && other !== '' && folder.startsWith(other)),
  )
  const parts = kept.flatMap((folder) =>
    folder === '' ? paths.filter((path) => !path.includes('/')) : [folder],
  )
  return `^(${parts.map((part) => part.replace(/[.+*?()[\]{}|^$\\]/gu, '\\$&')).join('|')})`
}

function uncovered(overlay: DeployedOverlay, job: EffectiveJob): string[] {
  const changed = textOf(job.job, 'run_if_changed')
  const skipped = textOf(job.job, 'skip_if_only_changed')
  if (changed !== '') return overlay.inputs.filter((path) => !matchesGo(changed, path))
  return skipped === '' ? [] : overlay.inputs.filter((path) => matchesGo(skipped, path))
}

/** Deployments that a changed input does not start. */
export const triggerCoverage: Rule<ProwCheck> = {
  name: 'trigger-coverage',
  severity: 'warning',
  doc: 'A change of an input of an overlay does not start its deployment, or no job deploys the overlay.',
  check(input) {
    const { repository, overlays, prow } = input
    if (repository === undefined) return []
    const jobs = prow.jobs.filter(({ repo }) => repo === repository.name)
    return overlays.flatMap((overlay): Finding[] => {
      const own = jobs.filter((job) => isFor(overlay, job))
      if (own.length === 0) {
        return [
          {
            rule: 'trigger-coverage',
            severity: 'warning',
            message: `no job of ${repository.name} deploys or tests the overlay ${overlay.name}`,
            hint: `add a postsubmit with run_if_changed: ${coveringExpression(overlay.inputs)}`,
          },
        ]
      }
      return own.flatMap((job): Finding[] => {
        const missing = uncovered(overlay, job)
        if (missing.length === 0) return []
        return [
          atField(
            input,
            job,
            textOf(job.job, 'run_if_changed') === '' ? 'skip_if_only_changed' : 'run_if_changed',
            {
              rule: 'trigger-coverage',
              severity: 'warning',
              message: `${job.name} is not started by ${missing.length} ${missing.length === 1 ? 'file' : 'files'} that the overlay ${overlay.name} depends on, such as ${missing[0] ?? ''}`,
              hint: `run_if_changed: ${coveringExpression(overlay.inputs)}`,
            },
          ),
        ]
      })
    })
  },
  examples: {
    fires: [
      example(
        'a file that starts nothing',
        {
          jobs: `postsubmits:
  o/r:
  - {name: a, run_if_changed: "^overlays/prod/", spec: {containers: [{image: i, command: [hack/deploy.sh], env: [{name: ENVIRONMENT, value: prod}]}]}}`,
        },
        {
          repository: repositoryOf('o/r', {}),
          overlays: [
            {
              name: 'prod',
              inputs: ['overlays/prod/kustomization.yaml', 'base/a.yaml'],
              patchedConfigMaps: [],
            },
          ],
        },
      ),
      example(
        'an overlay without a job',
        { jobs: 'postsubmits:\n  o/r:\n  - {name: a, SPEC}' },
        {
          repository: repositoryOf('o/r', {}),
          overlays: [{ name: 'prod', inputs: ['a.yaml'], patchedConfigMaps: [] }],
        },
      ),
    ],
    silent: [
      example(
        'a job for other files of the overlay, beside one for these',
        {
          jobs: `postsubmits:
  o/r:
  - {name: a, run_if_changed: "^base/", spec: {containers: [{image: i, command: [hack/deploy.sh], env: [{name: ENVIRONMENT, value: prod}]}]}}
  - {name: b, run_if_changed: "^grafana/", spec: {containers: [{image: i, command: [hack/deploy.sh], env: [{name: ENVIRONMENT, value: prod}]}]}}`,
        },
        {
          repository: repositoryOf('o/r', {}),
          overlays: [{ name: 'prod', inputs: ['base/a.yaml'], patchedConfigMaps: [] }],
        },
      ),
      example(
        'a job that every file of the overlay starts',
        {
          jobs: `postsubmits:
  o/r:
  - {name: a, run_if_changed: "^(overlays/prod|base)/", spec: {containers: [{image: i, command: [sh, -c, "kubectl apply -k overlays/prod"]}]}}`,
        },
        {
          repository: repositoryOf('o/r', {}),
          overlays: [
            {
              name: 'prod',
              inputs: ['overlays/prod/kustomization.yaml', 'base/a.yaml'],
              patchedConfigMaps: [],
            },
          ],
        },
      ),
      example(
        'no repository',
        { jobs: 'postsubmits:\n  o/r:\n  - {name: a, SPEC}' },
        { overlays: [{ name: 'prod', inputs: ['a'], patchedConfigMaps: [] }] },
      ),
    ],
  },
}

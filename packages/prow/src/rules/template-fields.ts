import type { Rule } from '@overlay-render/check'
import { member, type Value } from '@overlay-render/golden'
import { type Finding, nearestNames } from '@overlay-render/system'

import { entriesOfField, mapsOf, textOf } from '../jobs/repository.ts'
import { example, type ProwCheck } from './prow-check.ts'

/** The Go fields of a ProwJob that templates may name (`pkg/apis/prowjobs/v1/types.go` of Prow). */
const FIELDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'Spec',
    fields(`Type Agent Cluster Namespace Job Refs ExtraRefs Report Context RerunCommand MaxConcurrency
      ErrorOnEviction PodSpec JenkinsSpec PipelineRunSpec TektonPipelineRunSpec DecorationConfig ReporterConfig
      RerunAuthConfig Hidden ProwJobDefault JobQueueName`),
  ],
  [
    'Status',
    fields(`StartTime PendingTime CompletionTime State Description URL PodName BuildID JenkinsBuildID
      PrevReportStates`),
  ],
])

function fields(names: string): ReadonlySet<string> {
  return new Set(names.split(/\s+/u))
}

interface Template {
  readonly field: string
  readonly holder: object
  readonly key: string
  readonly text: string
}

/** The templates of the config that are executed with a ProwJob. */
function templatesOf(config: Value): Template[] {
  const controllers = [member(config, 'plank'), ...mapsOf(config, 'jenkins_operators')]
  const logs = mapsOf(member(config, 'deck'), 'external_agent_logs')
  return [
    ...controllers.flatMap((holder, index): Template[] => {
      const name = index === 0 ? 'plank' : `jenkins_operators[${index - 1}]`
      return [
        ...one(holder, 'job_url_template', name),
        ...entriesOfField(holder, 'report_templates').flatMap(([key]) =>
          one(member(holder, 'report_templates'), key, `${name}.report_templates`),
        ),
      ]
    }),
    ...logs.flatMap((holder) => one(holder, 'url_template', 'deck.external_agent_logs')),
  ]
}

function one(holder: Value | undefined, key: string, name: string): Template[] {
  const text = textOf(holder, key)
  if (text === '' || typeof holder !== 'object' || holder === null) return []
  return [{ field: `${name}.${key}`, holder, key, text }]
}

/** The fields of a ProwJob that a template names and Prow does not have, as `Status.JenkinsBuildId`. */
function unknownFields(text: string): { readonly name: string; readonly nearest: string | undefined }[] {
  // In a range or a with, the dot is another value.
  const actions = [...text.matchAll(/\{\{(.*?)\}\}/gsu)].map(([, action = '']) => action)
  if (actions.some((action) => /^-?\s*(?:range|with|block|template|define)\b/u.test(action))) return []
  return actions.flatMap((action) =>
    [...action.matchAll(/(?<![\w)$])\.(Spec|Status)\.(\w+)/gu)].flatMap(([, part = '', name = '']) => {
      const known = FIELDS.get(part) ?? new Set()
      return known.has(name) ? [] : [{ name: `${part}.${name}`, nearest: nearestNames(name, known)[0] }]
    }),
  )
}

/** Templates that name fields that a ProwJob lacks. */
export const templateFields: Rule<ProwCheck> = {
  name: 'template-fields',
  severity: 'error',
  doc: 'A template of a link or a report names a field that a ProwJob does not have, so Prow cannot execute it.',
  check: ({ prow }) =>
    templatesOf(prow.config).flatMap(({ field, holder, key, text }) =>
      unknownFields(text).map(({ name, nearest }): Finding => ({
        rule: 'template-fields',
        severity: 'error',
        message: `${field} names .${name}, which a ProwJob does not have`,
        position: prow.origins.positionOfField(holder, key),
        hint: nearest === undefined ? 'name a field of ProwJob' : `did you mean ${nearest}?`,
      })),
    ),
  examples: {
    fires: [
      example('a field in other letters', {
        config:
          'jenkins_operators: [{max_concurrency: 1, job_url_template: "https://j/{{.Spec.Job}}/{{.Status.JenkinsBuildId}}/"}]',
      }),
      example('a field of the logs', {
        config: 'deck: {external_agent_logs: [{agent: jenkins, url_template: "https://j/{{.Spec.Jobs}}"}]}',
      }),
    ],
    silent: [
      example('fields of a ProwJob', {
        config:
          'plank: {job_url_template: "https://a/{{if .Spec.Refs}}{{.Spec.Refs.Org}}{{end}}/{{.Spec.Job}}/{{.Status.BuildID}}"}',
      }),
      example('another value as the dot', {
        config: 'plank: {report_templates: {"*": "{{with index .Spec.Refs.Pulls 0}}{{.Author}}{{end}}"}}',
      }),
    ],
  },
}

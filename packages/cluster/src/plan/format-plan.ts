import { formatId } from '@overlay-render/golden'
import { formatPosition } from '@overlay-render/system'

import { type ObjectFinding, objectFindingData, resourceData } from './object-finding.ts'
import type { Plan } from './plan.ts'
import type { PlanStep, StepAction } from './plan-step.ts'
import { applyArguments, doesSomething, formatStep, kubectlName, STEP_WORDS } from './step-words.ts'

/** A plan for people: the steps in order, the rollouts to wait for, the findings, and the counts in the last line. */
export function formatPlan(plan: Plan): string {
  const shown = plan.steps.filter(({ action }) => action !== 'leave')
  const waits = plan.steps.filter(({ waits: doesWait }) => doesWait)
  const place = plan.context === undefined ? 'from its golden to its render' : `on ${plan.context}`
  const lines = [
    `${plan.title}, ${place}:`,
    ...shown.map((step, index) => `  ${String(index + 1).padStart(3)}. ${formatStep(step)}`),
    ...(waits.length === 0 ? [] : ['Then wait for:', ...waits.map(({ id }) => `  ${formatId(id)}`)]),
    ...plan.findings.flatMap((finding) => findingLines(finding)),
    planCounts(plan.steps),
  ]
  return `${lines.join('\n')}\n`
}

function findingLines({ severity, message, position, hint }: ObjectFinding): string[] {
  const at = position === undefined ? '' : `${formatPosition(position)}: `
  return [`${severity}: ${at}${message}`, ...(hint === undefined ? [] : [`  hint: ${hint}`])]
}

/** The number of steps by action, in one line. */
export function planCounts(steps: readonly PlanStep[]): string {
  const counts = STEP_ACTIONS.map((action) => ({
    action,
    count: steps.filter((step) => step.action === action).length,
  })).filter(({ count }) => count > 0)
  if (!steps.some(doesSomething)) return 'Nothing to do.'
  return counts.map(({ action, count }) => `${count} ${COUNTED[action]}`).join(', ')
}

const STEP_ACTIONS = [
  'create',
  'change',
  'replace',
  'prune',
  'keep',
  'leave',
] as const satisfies readonly StepAction[]

const COUNTED: Readonly<Record<StepAction, string>> = {
  create: 'to create',
  change: 'to change',
  replace: 'to replace',
  prune: 'to prune',
  keep: 'no longer rendered, kept',
  leave: 'as they are',
}

/** A plan as JSON, for programs and as the file of `apply --plan`. It holds no value of any object. */
export function planJson(plan: Plan): string {
  const { title, context, prune, replace, secrets, seal } = plan
  const findings = plan.findings.map(objectFindingData)
  const steps = plan.steps.map(({ id, action, apply, reasons, waits }) => ({
    action,
    resource: resourceData(id),
    apply,
    reasons,
    waits,
  }))
  return `${JSON.stringify({ version: 1, overlay: title, context, prune, replace, secrets, seal, steps, findings }, undefined, 2)}\n`
}

/**
 * A plan as a shell script to review and run by hand. It reads the objects from `file`, the manifests that the plan was made from,
 * so that the script holds no secret.
 *
 * @param stubPattern a regular expression that matches stub secrets: the script refuses manifests with one
 */
export function planScript(plan: Plan, file: string, stubPattern: string): string {
  const at = plan.context === undefined ? '' : ` --context ${quote(plan.context)}`
  const lines = plan.steps.filter(doesSomething).flatMap((step) => {
    const name = kubectlName(step).map(quote).join(' ')
    const remove = `kubectl${at} delete ${name} --ignore-not-found`
    const pick = `select_object ${quote(step.id.apiVersion)} ${quote(step.id.kind)} ${quote(step.id.namespace)} ${quote(step.id.name)}`
    const apply = `${pick} | kubectl${at} ${applyArguments(step, plan.title).map(quote).join(' ')}`
    const note = `# ${STEP_WORDS[step.action].will} ${formatId(step.id)}${step.reasons.length > 0 ? `: ${step.reasons.join('; ')}` : ''}`
    const wait =
      step.id.kind === 'CustomResourceDefinition'
        ? [`kubectl${at} wait --for=condition=Established ${name} --timeout=60s`]
        : []
    switch (step.action) {
      case 'prune':
        return [note, remove]
      case 'replace':
        return [note, remove, apply, ...wait]
      default:
        return [note, apply, ...wait]
    }
  })
  const rollouts = plan.steps
    .filter(({ waits }) => waits)
    .map((step) => `kubectl${at} rollout status ${kubectlName(step).map(quote).join(' ')} --timeout=10m`)
  const all = [...SCRIPT_HEAD(file, stubPattern), ...refusal(plan), ...lines.map(oneLine), ...rollouts]
  return `${all.join('\n')}\n`
}

const SCRIPT_HEAD = (file: string, stubPattern: string): string[] => [
  '#!/usr/bin/env bash',
  '# Made by overlay-render plan: read it before you run it. It needs kubectl and yq 4.',
  'set -euo pipefail',
  `manifests=\${1:-${quote(file)}}`,
  'select_object() {',
  '  API="$1" KIND="$2" NAMESPACE="$3" NAME="$4" yq eval-all \\',
  '    \'select(.apiVersion == strenv(API) and .kind == strenv(KIND) and (.metadata.namespace // "") == strenv(NAMESPACE) and .metadata.name == strenv(NAME))\' \\',
  '    "$manifests"',
  '}',
  `stub=${quote(stubPattern)}`,
  'stubs=$(STUB="$stub" yq \'select(.kind == "Secret") | .data // {} | .[] | @base64d | select(test(strenv(STUB)))\' "$manifests")',
  'if [ -n "$stubs" ]; then',
  '  echo "$manifests has stub secrets: render it with real ones first" >&2',
  '  exit 1',
  'fi',
]

/** The lines that stop the script of a plan with errors. */
function refusal({ findings }: Plan): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error').flatMap(findingLines)
  if (errors.length === 0) return []
  return [
    ...errors.map((line) => `# ${oneLine(line)}`),
    'echo "this plan has errors: see above" >&2',
    'exit 1',
  ]
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/gu, ' ')
}

/** Quotes a word for a shell, where it has to be quoted. */
function quote(word: string): string {
  return /^[\w./:@=+-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

import { escapeText, formatId, htmlHead, HTML_STYLE } from '@overlay-render/golden'
import { formatPosition, printable } from '@overlay-render/system'

import { planCounts } from './format-plan.ts'
import type { Plan } from './plan.ts'
import type { PlanStep } from './plan-step.ts'
import { formatStep } from './step-words.ts'

/** A plan as an HTML page: the steps in order, the rollouts, the findings. */
export function planHtml(plan: Plan): string {
  const shown = plan.steps.filter(({ action }) => action !== 'leave')
  const waits = plan.steps.filter(({ waits: doesWait }) => doesWait)
  const place = plan.context === undefined ? 'from its golden to its render' : `on ${plan.context}`
  const findings = plan.findings.map(({ severity, message, position, hint }) => {
    const at = position === undefined ? '' : `${formatPosition(position)}: `
    return `${severity}: ${at}${message}${hint === undefined ? '' : ` (${hint})`}`
  })
  const title = `${plan.title}, ${place}`
  return [
    htmlHead(title, HTML_STYLE),
    `<main class="report"><h1>${safe(title)}</h1><p>${safe(planCounts(plan.steps))}</p>`,
    section('Findings', 'ul', findings),
    section('Steps', 'ol', shown.map(formatStep)),
    section(
      'Rollouts to wait for',
      'ul',
      waits.map(({ id }: PlanStep) => formatId(id)),
    ),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function section(title: string, list: 'ol' | 'ul', lines: readonly string[]): string {
  if (lines.length === 0) return ''
  return `<h2>${title}</h2><${list}>${lines.map((line) => `<li>${safe(line)}</li>`).join('')}</${list}>`
}

function safe(text: string): string {
  return escapeText(printable(text))
}

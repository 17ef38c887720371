import { plural } from '@overlay-render/golden'
import { describePin } from '@overlay-render/kustomize'
import { formatPosition } from '@overlay-render/system'

import { folderName } from '../overlays.ts'
import type { FoundOverlay } from './find-overlays.ts'
import type { FoundProw } from './find-prow.ts'
import { describeLeft, type FoundConfig, type FoundSettings, HELM_REASON } from './print-config.ts'

/** What was decided and why, one sentence each. */
export function describeDecisions(found: FoundConfig): string[] {
  const { pin, pinReasons, helm, configs, prow, overlays, left, settings } = found
  return [
    ...(pin !== undefined && pinReasons.length === 0 ? [`${describePin(pin)}, as asked for`] : pinReasons),
    ...(helm === undefined ? [] : [`helm ${helm}: ${HELM_REASON}`]),
    ...(configs === undefined || configs.files.length === 0
      ? []
      : [`configs from ${configs.base}: ${configs.files.join(', ')}`]),
    ...(prow === undefined ? [] : describeProw(prow)),
    ...overlays.map((overlay) =>
      describeOverlay(
        overlay,
        settings.find((one) => one.overlay === folderName(overlay.path)),
      ),
    ),
    ...left.map((one) =>
      overlays.length === 0
        ? `${one.path}: ${one.reason}; ${one.remedy}`
        : `${one.path} is left out: ${describeLeft(one)}`,
    ),
  ]
}

function describeProw({ config, jobs, others }: FoundProw): string[] {
  const folders = jobs.map(({ path, count }) => `${plural(count, 'job file')} in ${path}`).join(', ')
  if (config === undefined)
    return [`Prow's jobs: ${folders}; name Prow's config under prow.config if you have it`]
  const missing = 'and no folder of job files was found: name it under prow.jobs'
  return [
    `Prow's config is ${config}, ${jobs.length === 0 ? missing : `with ${folders}`}`,
    ...others.map(
      (other) =>
        `${other} is the config of another Prow: check it from a workspace of its own, with prow.config`,
    ),
  ]
}

function describeOverlay({ path, skip = [] }: FoundOverlay, settings: FoundSettings | undefined): string {
  const { parent, templates = [], edits = [], seen = [] } = settings ?? {}
  const parts = [
    ...(skip.length === 0 ? [] : [`skips ${skip.join(', ')} (no manifests)`]),
    ...(parent === undefined ? [] : [`starts from ${parent.name} (${formatPosition(parent.position)})`]),
    ...templates.map(({ from, to, position }) => `${to} from ${from} (${formatPosition(position)})`),
    ...(edits.length === 0 ? [] : [`${edits.length} edits with yq (${placesOf(edits)})`]),
    ...seen.map(
      ({ position, reason }) =>
        `${formatPosition(position)} changes a file with yq, and ${reason}: describe it under edits`,
    ),
  ]
  return `${path}${parts.length === 0 ? '' : `: ${parts.join('; ')}`}`
}

function placesOf(edits: FoundSettings['edits']): string {
  return [...new Set(edits.map(({ position }) => formatPosition(position)))].join(', ')
}

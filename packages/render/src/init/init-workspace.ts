import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import { findHelmVersion, parseNamedPin } from '@overlay-render/kustomize'
import { diskView, isWithin, LinkFollower, writeAtomically } from '@overlay-render/system'

import { findBoundary } from '../boundary.ts'
import { folderName } from '../overlays.ts'
import { RenderFault } from '../render-fault.ts'
import { VENDOR_FOLDER } from '../vendor/vendor-folder.ts'
import { CONFIG_FILE } from '../workspace-config.ts'
import { decide } from './decide.ts'
import { describeDecisions } from './describe-decisions.ts'
import { findCopies } from './find-copies.ts'
import { type FoundConfig, isDescribed, type LeftOverlay, printConfig } from './print-config.ts'
import { Survey } from './survey.ts'
import { isChart } from './why-left.ts'

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
 * @throws RenderFault `workspace-not-found`, `workspace-exists`, or `overlay-unknown` for a tree without kustomizations,
 * manifests and Prow jobs
 */
export async function initWorkspace(
  folder: string,
  { pin, vendor = false }: InitOptions = {},
): Promise<Initialized> {
  const workspace = await newWorkspace(folder)
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
  const file = join(workspace, CONFIG_FILE)
  const write = (text: string): void =>
    writeAtomically(file, text, { guarded: boundary.folders, shown: CONFIG_FILE })
  const text = printConfig(found)
  write(text)
  return {
    file,
    text,
    overlays: found.overlays.map(({ path }) => path),
    left: found.left,
    decisions: describeDecisions(found),
    leaveOut: (failed) => {
      const rest = leaveOut(found, failed)
      if (rest !== found) write(printConfig(rest))
      return rest.left.slice(found.left.length)
    },
  }
}

/** The real path of a folder that has no configuration yet. */
async function newWorkspace(folder: string): Promise<string> {
  const start = resolve(folder)
  if (!new LinkFollower(diskView).isFolder(start)) {
    throw new RenderFault({
      code: 'workspace-not-found',
      message: `${folder} is not a folder`,
      hint: 'name the folder that holds the kustomizations',
    })
  }
  const workspace = await realpath(start)
  if (existsSync(join(workspace, CONFIG_FILE))) {
    throw new RenderFault({
      code: 'workspace-exists',
      message: `${CONFIG_FILE} already exists, and init overwrites nothing`,
      hint: 'change it by hand, or remove it first',
    })
  }
  return workspace
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

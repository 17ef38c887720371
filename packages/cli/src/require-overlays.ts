import { RenderFault, type Workspace } from '@overlay-render/render'
import { listSome } from '@overlay-render/system'

/** How a command chooses overlays besides by name. */
export interface ChoiceOfOverlays {
  /** `--all`. */
  readonly all?: boolean | undefined
  /** The command's name, for the message. */
  readonly command: string
}

/** In a hint. A tree can have hundreds of overlays. */
const MAX_LISTED = 12

/**
 * The names of the overlays that the arguments choose. Each is listed once, since a name and a path may mean the same overlay.
 *
 * @throws RenderFault `overlay-not-given` when none is chosen
 */
export function requireOverlays(
  workspace: Workspace,
  names: readonly string[],
  { all, command }: ChoiceOfOverlays,
): string[] {
  if (all === true) return [...workspace.allOverlays()]
  if (names.length > 0) return [...new Set(names.map((name) => workspace.overlay(name).name))]
  const known = workspace.overlays.map(({ name }) => name)
  throw new RenderFault({
    code: 'overlay-not-given',
    message: `${command} needs the name of an overlay, or --all`,
    hint: `the overlays here are ${listSome(known, MAX_LISTED) || 'none'}`,
  })
}

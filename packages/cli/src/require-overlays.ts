import { RenderFault, type Workspace } from '@overlay-render/render'

export interface ChoiceOfOverlays {
  /** `--all`. */
  readonly all?: boolean | undefined
  /** The command's name, for the message. */
  readonly command: string
}

/**
 * The names of the overlays that the arguments of a command choose, each once: a name and a path may be the same overlay.
 *
 * @throws RenderFault `overlay-not-given` without any
 */
export function requireOverlays(
  workspace: Workspace,
  names: readonly string[],
  { all, command }: ChoiceOfOverlays,
): string[] {
  if (all === true) return [...workspace.allOverlays()]
  if (names.length > 0) return [...new Set(names.map((name) => workspace.overlay(name).name))]
  throw new RenderFault({
    code: 'overlay-not-given',
    message: `${command} needs the name of an overlay, or --all`,
    hint: `the overlays here are ${workspace.overlays.map(({ name }) => name).join(', ') || 'none'}`,
  })
}

import { Fault } from '@overlay-render/system'

import { type OpenOptions, openWorkspace } from '../../src/open-workspace.ts'
import type { Workspace } from '../../src/workspace.ts'

/** What a user gets of each overlay, by name: its output, or why there is none. */
export type Outcomes = ReadonlyMap<string, Outcome>

export interface Outcome {
  readonly renders: boolean
  /** All that a user sees, without positions, since a line that moved is no change of the output. */
  readonly text: string
}

/** The workspace in a folder; undefined when it cannot be opened. */
export async function openIfValid(folder: string, options: OpenOptions = {}): Promise<Workspace | undefined> {
  try {
    return await openWorkspace(folder, options)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return undefined
  }
}

/** Renders every overlay of a workspace. */
export async function renderEach(workspace: Workspace): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome>()
  for (const { name } of workspace.overlays) outcomes.set(name, await outcomeOf(workspace, name))
  return outcomes
}

async function outcomeOf(workspace: Workspace, name: string): Promise<Outcome> {
  try {
    const { manifests, configs, stubbed, warnings } = await workspace.render(name, { secrets: 'stub' })
    const texts = [manifests, ...configs.map(({ bytes }) => bytes)].map((bytes) =>
      Buffer.from(bytes).toString(),
    )
    const said = warnings.map(({ rule, message }) => `${rule}: ${message}`)
    return { renders: true, text: withoutClock([...texts, ...stubbed, ...said].join('\n===\n')) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { renders: false, text: withoutClock(`${error.code}: ${error.sentence}`) }
  }
}

/** The operator `now` prints the time. */
export function withoutClock(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/gu, 'NOW')
}

import type { InputGraph } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { StagedSources } from './staged-sources.ts'

/** Makes the place of a build's file that of the user's file which it was made of. */
export type ToUser = (position: Position) => Position

export function makeToUser(graph: InputGraph, sources: StagedSources): ToUser {
  const real = new Map(graph.files.map((file) => [file.shown, file.real]))
  const known = new Map<string, Position>()
  return (position) => {
    const { file, line, column } = position
    const path = real.get(file)
    if (path === undefined) return position
    const key = `${line}:${column}:${file}`
    const place = known.get(key) ?? sources.userPosition(path, position)
    known.set(key, place)
    return place
  }
}

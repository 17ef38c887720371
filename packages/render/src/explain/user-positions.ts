import type { InputGraph } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { StagedSources } from './staged-sources.ts'

/** Maps a position in a file of the build to the user's file that it was made from. */
export type ToUser = (position: Position) => Position

/** A `ToUser` for the files of a graph. Answers are remembered. */
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

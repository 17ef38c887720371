import { cpSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { chance, pick } from '../../../../test/differential/draw.ts'
import type { Edit, EditSite } from './edit.ts'
import { named } from './file-edits.ts'
import { removeSettings } from './settings-edits.ts'

const NAMES = ['a', 'b', 'd', 'e'] as const

/** Edits of whole overlays. */
export const OVERLAY_EDITS: readonly Edit[] = [copyOverlay, removeOverlay, renameOverlay]

function copyOverlay({ draw, top }: EditSite): string {
  const [from, to] = [pick(draw, NAMES), pick(draw, NAMES)]
  if (from === to) return 'copy no overlay'
  return named(`copy overlay ${from} to ${to}`, () => {
    rmSync(overlayAt(top, to), { recursive: true, force: true })
    cpSync(overlayAt(top, from), overlayAt(top, to), { recursive: true, verbatimSymlinks: true })
  })
}

function removeOverlay({ draw, top }: EditSite): string {
  const name = pick(draw, NAMES)
  return named(`remove overlay ${name}`, () => {
    rmSync(overlayAt(top, name), { recursive: true })
    if (chance(draw, 3, 4)) removeSettings(top, name)
  })
}

function renameOverlay({ draw, top }: EditSite): string {
  const [from, to] = [pick(draw, NAMES), pick(draw, ['c', 'A', 'e'])]
  return named(`rename overlay ${from} to ${to}`, () => {
    renameSync(overlayAt(top, from), overlayAt(top, to))
    if (chance(draw, 3, 4)) removeSettings(top, from)
  })
}

function overlayAt(top: string, name: string): string {
  return join(top, 'kustom/overlays', name)
}

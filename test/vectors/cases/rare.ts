import { seededDraw } from '../../differential/draw.ts'
import { rareCase } from '../../differential/rare-cases.ts'
import type { Case } from './case.ts'

const SEED = 20_261_129

export function cases(): Case[] {
  return Array.from({ length: 1200 }, (_, index) => rareCase(seededDraw(SEED + index)))
}

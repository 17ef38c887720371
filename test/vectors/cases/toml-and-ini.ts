import { seededDraw } from '../../differential/draw.ts'
import { randomFormatCase } from '../../differential/toml-and-ini.ts'
import type { Case } from './case.ts'

const SEED = 20_261_128

export function cases(): Case[] {
  return Array.from({ length: 2500 }, (_, index) => randomFormatCase(seededDraw(SEED + index)))
}

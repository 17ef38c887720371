import { randomDocument } from '../../differential/documents.ts'
import { seededDraw } from '../../differential/draw.ts'
import { randomExpression } from '../../differential/expressions.ts'
import { type Case, withLayouts } from './case.ts'

const SEED = 20_201_120

export function documents(): Case[] {
  return withLayouts(Array.from({ length: 900 }, (_, index) => randomDocument(seededDraw(SEED + index))))
}

export function pairs(): Case[] {
  return Array.from({ length: 1500 }, (_, index) => {
    const draw = seededDraw(SEED * 3 + index)
    return { document: randomDocument(draw), expression: randomExpression(draw) }
  })
}

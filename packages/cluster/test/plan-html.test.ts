import { parseManifests } from '@overlay-render/golden'
import { expect, test } from 'vitest'

import { makePlan, planHtml } from '../src/index.ts'

const manifests = (text: string): ReturnType<typeof parseManifests> =>
  parseManifests(text, { file: 'm.yaml' })

test('the page of a plan fits a phone, has a language and a title, and says what the plan is from', () => {
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n'
  const html = planHtml(makePlan(manifests(''), manifests(config), { title: 'production <main>' }))
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/u)
  expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">')
  expect(html).toContain('<title>production ‹main›, from its golden to its render</title>')
  expect(html).toContain('<li>create ConfigMap b/a</li>')
  expect(html).toMatch(/<\/main>\n<\/body>\n<\/html>\n$/u)
})

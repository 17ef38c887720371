import { expect, test } from 'vitest'

import { makeRedactor } from '../src/build/redact.ts'

const SECRET = 'tOken/with?=&signs-4711'
const hide = makeRedactor([SECRET])

/** A text in all decoded forms, for any start of the base64. */
function shown(text: string): string {
  const decoded = [0, 1, 2, 3].flatMap((skip) => [
    Buffer.from(text.slice(skip), 'base64').toString('latin1'),
    Buffer.from(text.slice(skip), 'hex').toString('latin1'),
  ])
  return [text, decodeURIComponent(text), ...decoded].join(' ')
}

const FORMS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  'upper case hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'a URL': encodeURIComponent,
  JSON: (text) => JSON.stringify(text).slice(1, -1),
}

test.each(Object.entries(FORMS))('a secret is hidden in %s, anywhere in a longer text', (_name, encode) => {
  for (let before = 0; before < 6; before++) {
    for (let after = 0; after < 6; after++) {
      const text = encode(`${'x'.repeat(before)}${SECRET}${'y'.repeat(after)}`)
      expect(shown(text)).toContain(SECRET.slice(4, -4))
      expect(shown(hide(text))).not.toContain(SECRET.slice(4, -4))
      expect(hide(text)).toContain('[hidden]')
    }
  }
})

test('a path of an input stays, although a part of it is a secret; the same part is hidden elsewhere', () => {
  const redact = makeRedactor(['image-puller', 'token'], (path) => path.endsWith('web/image-puller.yaml'))
  expect(redact('in web/image-puller.yaml: bad image-puller')).toBe('in web/image-puller.yaml: bad [hidden]')
  expect(redact('in /stage/web/image-puller.yaml.')).toBe('in /stage/web/image-puller.yaml.')
  expect(redact('x=token@web/image-puller.yaml')).toBe('x=[hidden]@web/image-puller.yaml')
  const longer = makeRedactor(
    ['kept in web/image-puller.yaml today'],
    (path) => path === 'web/image-puller.yaml',
  )
  expect(longer('the value kept in web/image-puller.yaml today')).toBe('the value [hidden]')
  expect(redact('web/image-puller.yaml.bak, image-puller.yaml')).toBe('web/[hidden].yaml.bak, [hidden].yaml')
})

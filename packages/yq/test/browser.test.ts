import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'

import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'

/** The globals of every browser beyond the language itself. There is no `process`, `Buffer` or `require`. */
const BROWSER = { TextEncoder, TextDecoder, atob, btoa }

async function bundleForBrowser(): Promise<string> {
  const bundler = await rolldown({
    input: fileURLToPath(new URL('../src/index.ts', import.meta.url)),
    platform: 'browser',
    resolve: { conditionNames: ['@overlay-render/source', 'browser', 'import', 'default'] },
  })
  const { output } = await bundler.generate({ format: 'iife', name: 'yq', codeSplitting: false })
  await bundler.close()
  return output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('')
}

test('the package loads and works in a browser', { timeout: 60_000 }, async () => {
  const code = await bundleForBrowser()
  expect(code).not.toMatch(/\bnode:(?!v8\b)\w+|\bBuffer\.|createRequire/)
  const page = createContext({ ...BROWSER })
  runInContext(code, page)
  const evaluate = (expression: string, yaml: string): unknown =>
    runInContext(`yq.evaluate(${JSON.stringify(expression)}, ${JSON.stringify(yaml)})`, page)
  expect(evaluate('.a |= sub("(b+)"; "<$1>")', '# kept\na: abbé # too\n')).toBe('# kept\na: a<bb>é # too\n')
  expect(evaluate('.a | @base64 | (., @base64d)', 'a: é\n')).toBe('w6k=\né\n')
  expect(evaluate('.a | @uri', 'a: é b\n')).toBe('%C3%A9+b\n')
  expect(evaluate('to_json(0) | length', 'a: 日本\n')).toBe('14\n')
  expect(evaluate('.a | match("本").offset', 'a: 日本\n')).toBe('3\n')
  expect(() => evaluate('.a = (', 'a: 1\n')).toThrow('this "(" has no matching ")"')
  expect(() => evaluate('load("x")', 'a: 1\n')).toThrow('file')
})

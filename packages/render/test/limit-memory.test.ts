import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { limitMemory } from '../src/templates/limit-memory.ts'

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { exports: { memory: { grow(pages: number): number } } }
}

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
const section = (kind: number, content: readonly number[]): number[] => [kind, content.length, ...content]

/** A module that declares and exports a memory of one page; the sections of `before` precede it. */
const withMemory = (limits: readonly number[], before: readonly number[] = []): Uint8Array =>
  Uint8Array.from([
    ...HEADER,
    ...before,
    ...section(5, [1, ...limits]),
    ...section(7, [1, 6, ...Buffer.from('memory'), 2, 0]),
  ])
/** A custom section, whose length takes two bytes of LEB128. */
const CUSTOM = [0, 0xc8, 0x01, 1, 0x78, ...Array.from({ length: 198 }, () => 5)]

test.each([
  ['a memory alone', withMemory([0, 1])],
  ['a memory after another section', withMemory([0, 1], CUSTOM)],
])('%s grows to its limit and no further', (_, module) => {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(limitMemory(module, 300)))
  expect(instance.exports.memory.grow(299)).toBe(1)
  expect(() => instance.exports.memory.grow(1)).toThrow(RangeError)
})

test.each([
  ['no memory', Uint8Array.from(HEADER)],
  ['a limit of its own', withMemory([1, 1, 2])],
])('a module with %s is refused', (_, module) => {
  expect(() => limitMemory(module, 300)).toThrow(TypeError)
})

test('the memory of the template engine can be limited', () => {
  const entry = createRequire(import.meta.url).resolve('minijinja-js')
  const bytes = readFileSync(join(entry, '../minijinja_js_bg.wasm'))
  expect(() => new WebAssembly.Module(limitMemory(bytes, 8192))).not.toThrow()
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { YqFault } from '../../src/errors.ts'
import { bytesOfText } from '../../src/go/byte-text.ts'
import { compile } from '../../src/compile.ts'
import { formatNamed } from '../../src/formats/formats.ts'
import { DEFAULT_PREFERENCES } from '../../src/formats/preferences.ts'
import { readInput } from '../../src/formats/read-input.ts'
import { ResultWriter } from '../../src/formats/result-writer.ts'

/** The output of the real yq for a text; see record.js. */
interface Conversion {
  readonly from: string
  readonly to: string
  readonly text: string
  readonly output: string
  /** yq's message, without the file name. */
  readonly error?: string
}

const conversions: readonly Conversion[] = JSON.parse(
  readFileSync(new URL('vectors/conversions.json', import.meta.url), 'utf8'),
)

/** Prints each document before reading the next one, like the command. */
function convert({ from, to, text }: Conversion): { output: string; fault: YqFault | undefined } {
  const output = formatNamed(to)
  const encoder = output.makeEncoder?.({
    indent: 2,
    unwrapScalar: to === 'yaml' || to === 'props',
    preferences: DEFAULT_PREFERENCES,
  })
  if (encoder === undefined) throw new Error(`${to} cannot be printed`)
  const pieces: Uint8Array[] = []
  const writer = new ResultWriter({
    encoder,
    mergeToSpecification: false,
    write: (piece) => void pieces.push(bytesOfText(piece)),
  })
  let fault: YqFault | undefined
  try {
    const source = { fileName: '-', fileIndex: 0, headerPreprocess: true }
    let count = 0
    for (const document of readInput(formatNamed(from), Buffer.from(text), source, DEFAULT_PREFERENCES)) {
      count++
      writer.print([document])
    }
    if (count === 0) writer.print(compile('').run([]))
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    fault = error
  }
  return { output: Buffer.concat(pieces).toString('utf8'), fault }
}

/** Formats whose error messages may differ: yq's messages for invalid JSON name functions of its library. */
const FREE_SENTENCES: ReadonlySet<string> = new Set(['json'])

describe('conversions between formats equal those of yq 4.53.6', () => {
  for (const from of new Set(conversions.map((conversion) => conversion.from))) {
    const ofFormat = conversions.filter((conversion) => conversion.from === from)
    test(`from ${from}: ${ofFormat.length} recorded conversions`, () => {
      const shown = (output: string, error: string | undefined): object => ({
        output,
        error: error !== undefined && FREE_SENTENCES.has(from) ? 'some error' : error,
      })
      const given = ofFormat.map((conversion) => {
        const { output, fault } = convert(conversion)
        return { ...conversion, ...shown(output, fault?.yqMessage.replace("bad file '-': ", '').trimEnd()) }
      })
      expect(given).toEqual(
        ofFormat.map((conversion) => ({ ...conversion, ...shown(conversion.output, conversion.error) })),
      )
    })
  }

  test('from xml: an unknown entity stays, even if it is a property of JavaScript objects', () => {
    const { output } = convert({ from: 'xml', to: 'json', text: '<a>&constructor;</a>', output: '' })
    expect(JSON.parse(output)).toEqual({ a: '&constructor;' })
  })
})

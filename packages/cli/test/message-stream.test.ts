import { Writable } from 'node:stream'

import { expect, test } from 'vitest'

import { MessageStream } from '../src/message-stream.ts'

class Screen extends Writable {
  readonly isTTY: boolean
  readonly columns: number
  text = ''

  constructor(columns: number, isTTY = true) {
    super()
    this.columns = columns
    this.isTTY = isTTY
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

const FINDING =
  'overlays/production/kustomization.yaml:3:5: error: the name is taken [duplicate]\n  hint: choose another\n'

test('on a terminal, a long message is wrapped and indented', () => {
  const screen = new Screen(50)
  new MessageStream(screen, false).say(FINDING)
  expect(screen.text).toBe(
    'overlays/production/kustomization.yaml:3:5: error:\n  the name is taken [duplicate]\n  hint: choose another\n',
  )
})

test('a command in a message is not wrapped', () => {
  const screen = new Screen(40)
  new MessageStream(screen, false).say('To accept: overlay-render golden update production\n')
  expect(screen.text).toBe('To accept:\n  overlay-render golden update production\n')
})

test.each([new Screen(50, false), new Screen(0)])(
  'without a terminal, or without its width, a message is not wrapped',
  (stream) => {
    new MessageStream(stream, false).say(FINDING)
    expect(stream.text).toBe(FINDING)
  },
)

test('results are never wrapped', () => {
  const screen = new Screen(20)
  new MessageStream(screen, false).write('{"overlay": "production", "changed": []}\n')
  expect(screen.text).toBe('{"overlay": "production", "changed": []}\n')
})

test('escape sequences are removed for a stream without colours', () => {
  const screen = new Screen(50)
  new MessageStream(screen, false, true).say('\u001b[31merror\u001b[0m: no\n')
  expect(screen.text).toBe('error: no\n')
})

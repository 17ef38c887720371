import { Writable } from 'node:stream'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Progress } from '@overlay-render/render'

import { MessageStream } from '../src/message-stream.ts'
import { startProgress } from '../src/progress-line.ts'
import { stderr } from '../src/output.ts'
import { openTerminal, type Terminal } from '../src/terminal.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The pieces of the output: cursor up, clear to the end, newline, text. ESC is written as ^. */
const PIECES = /\^\[(\d+)A|(\r\^\[J)|(\n)|([^^\r\n]+)/gu

class Screen extends Writable {
  readonly columns: number
  readonly rows = 8
  text = ''

  constructor(columns = 40) {
    super()
    this.columns = columns
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }

  /** The visible lines after all cursor movements. */
  get lines(): string[] {
    const lines = ['']
    let row = 0
    for (const [, up, clear, newline, other = ''] of this.text.replaceAll('\u001b', '^').matchAll(PIECES)) {
      if (up !== undefined) row -= Number(up)
      if (clear !== undefined) lines.splice(row, lines.length, '')
      if (newline !== undefined) lines[++row] = ''
      lines[row] += other
    }
    return lines
  }
}

function open(screen: Screen, options: Partial<Terminal> = {}): Terminal {
  return {
    stdout: new MessageStream(new Screen(), false),
    stderr: new MessageStream(screen, false),
    colour: false,
    interactive: true,
    width: 40,
    quiet: false,
    verbose: false,
    json: false,
    ...options,
  }
}

const step = (overlay: string, name: Progress['step'], finished: number): Progress => ({
  overlay,
  step: name,
  batch: { finished, all: 40 },
})

test('within 300 ms a terminal shows a line for each running overlay and the count of finished ones; at the end nothing remains', () => {
  const screen = new Screen()
  const progress = startProgress(open(screen))
  progress.onProgress(step('one', 'patch', 0))
  progress.onProgress(step('two', 'build', 0))
  expect(screen.text).toBe('')
  vi.advanceTimersByTime(300)
  expect(screen.lines).toEqual(['one: patch … 0 s', 'two: build … 0 s', '0 of 40 done'])
  vi.advanceTimersByTime(3000)
  progress.onProgress(step('one', 'done', 1))
  progress.onProgress(step('three', 'stage', 1))
  expect(screen.lines).toEqual(['two: build … 3 s', 'three: stage … 0 s', '1 of 40 done'])
  progress.stop()
  expect(screen.lines).toEqual([''])
})

test('before the first overlay starts, a terminal shows that the workspace is read', () => {
  vi.advanceTimersByTime(200)
  const screen = new Screen()
  const terminal = open(screen)
  const progress = startProgress(terminal)
  expect(screen.lines).toEqual(['reading the workspace …'])
  progress.onProgress(step('one', 'patch', 0))
  expect(screen.lines).toEqual(['one: patch … 0 s', '0 of 40 done'])
  progress.onProgress(step('one', 'done', 1))
  terminal.stdout.write('x\n')
  vi.advanceTimersByTime(3000)
  expect(screen.lines.join()).not.toContain('reading')
})

test('new progress on a terminal leaves no line of earlier progress', () => {
  const screen = new Screen()
  const terminal = open(screen)
  startProgress(terminal)
  vi.advanceTimersByTime(300)
  const again = startProgress(terminal)
  again.onProgress(step('one', 'build', 0))
  again.stop()
  vi.advanceTimersByTime(3000)
  expect(screen.lines).toEqual([''])
})

test('other output appears above the progress lines, which are drawn again below it', () => {
  const screen = new Screen()
  const terminal = open(screen)
  const progress = startProgress(terminal)
  progress.onProgress(step('one', 'patch', 0))
  vi.advanceTimersByTime(300)
  terminal.stderr.write('warning: x\n')
  expect(screen.lines).toEqual(['warning: x', ''])
  vi.advanceTimersByTime(300)
  expect(screen.lines).toEqual(['warning: x', 'one: patch … 1 s', '0 of 40 done'])
})

test('no line wraps, and there are no more lines than the terminal has', () => {
  const screen = new Screen(12)
  const progress = startProgress(open(screen))
  for (let index = 0; index < 30; index++)
    progress.onProgress(step(`${index}-漢字漢字漢字\n\u001b[2J`, 'build', 0))
  vi.advanceTimersByTime(300)
  expect(screen.lines).toHaveLength(7)
  expect(screen.lines[0]).toBe('0-漢…… 0 s')
  expect(screen.text).not.toContain('\u001b[2J')
})

test('without a terminal, each overlay that takes over a second is one plain line with the count of finished ones', () => {
  const screen = new Screen()
  const progress = startProgress(open(screen, { interactive: false }))
  progress.onProgress(step('one', 'patch', 0))
  vi.advanceTimersByTime(900)
  expect(screen.text).toBe('')
  vi.advanceTimersByTime(300)
  progress.onProgress(step('one', 'build', 0))
  progress.onProgress(step('one', 'done', 1))
  progress.onProgress(step('two', 'stage', 1))
  progress.stop()
  expect(screen.text).toBe('0 of 40 done, one: patch …\n1 of 40 done, two: stage …\n')
})

test.each([{ quiet: true }, { json: true }])('nothing is shown with %o', (flags) => {
  const screen = new Screen()
  const progress = startProgress(open(screen, flags))
  progress.onProgress(step('one', 'patch', 0))
  vi.advanceTimersByTime(5000)
  progress.stop()
  expect(screen.text).toBe('')
})

test('a long name does not hide the step', () => {
  const screen = new Screen(40)
  const { onProgress } = startProgress(open(screen))
  vi.advanceTimersByTime(1000)
  onProgress(step(`a${'x'.repeat(200)}`, 'build', 0))
  expect(screen.lines[0]).toMatch(/^ax+….*: build … 0 s$/u)
})

test('TERM=dumb: a terminal that cannot redraw lines gets plain ones', () => {
  const isTTY = vi.spyOn(stderr, 'isTTY', 'get').mockReturnValue(true)
  expect(openTerminal({}, { TERM: 'dumb' }).interactive).toBe(false)
  expect(openTerminal({}, { TERM: 'xterm' }).interactive).toBe(true)
  isTTY.mockRestore()
})

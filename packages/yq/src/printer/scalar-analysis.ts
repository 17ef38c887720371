const SPACE = 0x20
const TAB = 0x09

/** The scalar styles that a text allows, by libyaml's rules. */
export interface ScalarAnalysis {
  readonly isMultiline: boolean
  readonly allowsFlowPlain: boolean
  readonly allowsBlockPlain: boolean
  readonly allowsSingle: boolean
  readonly allowsBlock: boolean
}

const EMPTY: ScalarAnalysis = {
  isMultiline: false,
  allowsFlowPlain: false,
  allowsBlockPlain: true,
  allowsSingle: true,
  allowsBlock: false,
}

const ANY_STYLE: ScalarAnalysis = {
  isMultiline: false,
  allowsFlowPlain: true,
  allowsBlockPlain: true,
  allowsSingle: true,
  allowsBlock: true,
}

/** The analysis of a usual text with a flow indicator. */
const BLOCK_PLAIN: ScalarAnalysis = { ...ANY_STYLE, allowsFlowPlain: false }

/** Most texts: one line of ASCII that does not begin with an indicator. */
const SIMPLE_PLAIN = /^[A-Za-z0-9_/$(+=<;\\^~)][ -~]*$/
const FLOW_INDICATOR = /[,?[\]{}:]/

/** Fast check whether a text can be a plain scalar; false for unusual texts, which need the rules below. */
export function isSimplePlain(text: string, isInFlow = false): boolean {
  return (
    SIMPLE_PLAIN.test(text) &&
    !(isInFlow && FLOW_INDICATOR.test(text)) &&
    !text.endsWith(' ') &&
    !text.endsWith(':') &&
    !text.includes(': ') &&
    !text.includes(' #')
  )
}

export function analyzeScalar(text: string): ScalarAnalysis {
  if (text === '') return EMPTY
  if (isSimplePlain(text)) return FLOW_INDICATOR.test(text) ? BLOCK_PLAIN : ANY_STYLE
  return new Analysis(text)
}

export function isBreakCode(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029
}

/** Whether go-yaml prints the character unescaped. It always escapes those above U+FFFF, so surrogates are false. */
export function isPrintable(code: number): boolean {
  return (
    code === 0x0a ||
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff)
  )
}

class Analysis implements ScalarAnalysis {
  readonly isMultiline: boolean
  readonly allowsFlowPlain: boolean
  readonly allowsBlockPlain: boolean
  readonly allowsSingle: boolean
  readonly allowsBlock: boolean
  #hasBlockIndicator = false
  #hasFlowIndicator = false

  constructor(text: string) {
    if (text.startsWith('---') || text.startsWith('...')) this.#flagBoth()
    this.#findIndicators(text)
    const { hasBreak, hasSpaceBeforeBreak, hasSpaceAfterBreak, hasTab, hasSpecial } = findWhiteSpace(text)
    const first = text.charCodeAt(0)
    const last = text.charCodeAt(text.length - 1)
    const hasOuterSpace = [first, last].some((code) => code === SPACE || isBreakCode(code))
    const isUnquotable =
      hasOuterSpace || hasBreak || hasSpaceAfterBreak || hasSpaceBeforeBreak || hasTab || hasSpecial
    this.isMultiline = hasBreak
    this.allowsFlowPlain = !isUnquotable && !this.#hasFlowIndicator
    this.allowsBlockPlain = !isUnquotable && !this.#hasBlockIndicator
    this.allowsSingle = !(hasSpaceAfterBreak || hasSpaceBeforeBreak || hasTab || hasSpecial)
    this.allowsBlock = last !== SPACE && !hasSpaceBeforeBreak && !hasSpecial
  }

  #flagBoth(): void {
    this.#hasFlowIndicator = true
    this.#hasBlockIndicator = true
  }

  #findIndicators(text: string): void {
    this.#checkFirst(text)
    for (let index = 1; index < text.length; index++) {
      switch (text.charCodeAt(index)) {
        case 0x2c: // ,
        case 0x3f: // ?
        case 0x5b: // [
        case 0x5d: // ]
        case 0x7b: // {
        case 0x7d: // }
          this.#hasFlowIndicator = true
          break
        case 0x3a: // :
          this.#hasFlowIndicator = true
          if (isFollowedBySpace(text, index)) this.#hasBlockIndicator = true
          break
        case 0x23: // #
          if (isWhite(text.charCodeAt(index - 1))) this.#flagBoth()
          break
        default:
      }
    }
  }

  #checkFirst(text: string): void {
    const first = text.charAt(0)
    if ('#,[]{}&*!|>\'"%@`'.includes(first)) {
      this.#flagBoth()
    } else if (first === '?' || first === ':') {
      this.#hasFlowIndicator = true
      if (isFollowedBySpace(text, 0)) this.#hasBlockIndicator = true
    } else if (first === '-' && isFollowedBySpace(text, 0)) {
      this.#flagBoth()
    }
  }
}

function isWhite(code: number): boolean {
  return code === SPACE || code === TAB || code === 0 || isBreakCode(code)
}

/** Whether a blank or the end follows `index`. As in libyaml, a line break does not count. */
function isFollowedBySpace(text: string, index: number): boolean {
  const code = text.charCodeAt(index + 1)
  return index + 1 >= text.length || code === SPACE || code === TAB
}

interface WhiteSpace {
  hasBreak: boolean
  hasSpaceBeforeBreak: boolean
  hasSpaceAfterBreak: boolean
  hasTab: boolean
  /** Whether a character must be escaped. */
  hasSpecial: boolean
}

function findWhiteSpace(text: string): WhiteSpace {
  const found: WhiteSpace = {
    hasBreak: false,
    hasSpaceBeforeBreak: false,
    hasSpaceAfterBreak: false,
    hasTab: false,
    hasSpecial: false,
  }
  let previousIsSpace = false
  let previousIsBreak = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const isSpace = code === SPACE
    const isBreak = !isSpace && isBreakCode(code)
    if (code === TAB) found.hasTab = true
    else if (!isPrintable(code)) found.hasSpecial = true
    if (isSpace && previousIsBreak) found.hasSpaceAfterBreak = true
    if (isBreak) {
      found.hasBreak = true
      if (previousIsSpace) found.hasSpaceBeforeBreak = true
    }
    previousIsSpace = isSpace
    previousIsBreak = isBreak
  }
  return found
}

const MAX_LENGTH = 400

/** What kubectl printed, without credentials: tokens, passwords in URLs, and long runs of base64. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(/(Bearer\s+|token[=:]\s*|password[=:]\s*)\S+/giu, '$1(secret)')
    .replaceAll(/(https?:\/\/)[^\s/@]+@/gu, '$1(secret)@')
    .replaceAll(/[A-Za-z0-9+/_-]{60,}={0,2}/gu, '(secret)')
}

/** The first line of kubectl's output that gives a reason, without kubectl's own prefixes, as the end of a sentence. */
export function firstLine(text: string): string {
  const lines = text.split('\n').filter((one) => one.trim() !== '' && !/^[EWI]\d{4} /u.test(one))
  const first = lines.find((one) => !one.startsWith('Warning: ')) ?? lines[0] ?? 'no reason was given'
  // kubectl lists several reasons below the line that introduces them.
  const reasons = lines.filter((one) => one.startsWith('* ')).map((one) => one.slice(2))
  const line = first.trimEnd().endsWith(':') ? `${first.trimEnd()} ${reasons.join('; ')}` : first
  const plain = line
    .trim()
    .replace(/^(?:error|Error from server(?: \(\w+\))?): /u, '')
    .replace(/^(?:error when \w+ "STDIN"|resource mapping not found for name: .* from "STDIN"): /u, '')
  return plain.length > MAX_LENGTH ? `${plain.slice(0, MAX_LENGTH)}…` : plain
}

/** The reason that a server gives for one object. For a Secret, quoted values are masked: the server may quote the object. */
export function reasonFor(text: string, kind: string): string {
  const line = firstLine(text).replace(/^(?:The )?(?:[\w.]+ )?"[^"]*" is invalid: /u, '')
  return kind === 'Secret' ? line.replaceAll(/"(?:[^"\\]|\\.)*"/gu, '"(secret)"') : line
}

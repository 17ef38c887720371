/** The section of a WebAssembly module that declares its memory: https://webassembly.github.io/spec/core/binary/modules.html */
const MEMORY_SECTION = 5
/** Magic number and version. */
const HEADER = 8
/** The start of a memory section without a maximum: one memory, no flags. */
const ONE_MEMORY = [1, 0]

/**
 * Sets a maximum on the memory of a WebAssembly module. The engine then refuses to grow beyond it, exactly. Watching the process
 * would be too late for a text of a gigabyte. V8's flag would limit the whole process, including other users of the library, and V8
 * rejects cached compiled code while it is set.
 *
 * @param module a module with one memory of its own and no maximum
 * @param pages the maximum, in pages of 64 KiB
 * @throws TypeError for another module
 */
export function limitMemory(module: Uint8Array, pages: number): Uint8Array {
  for (let at = HEADER; at < module.length;) {
    const kind = module[at]
    const size = readNumber(module, at + 1)
    const end = size.end + size.value
    if (kind === MEMORY_SECTION) {
      const content = module.subarray(size.end, end)
      if (content[0] !== ONE_MEMORY[0] || content[1] !== ONE_MEMORY[1]) break
      const limited = [1, 1, ...content.subarray(2), ...writeNumber(pages)]
      const section = [MEMORY_SECTION, ...writeNumber(limited.length), ...limited]
      return Buffer.concat([module.subarray(0, at), Uint8Array.from(section), module.subarray(end)])
    }
    at = end
  }
  throw new TypeError('the WebAssembly module has no memory without a limit')
}

/** An unsigned number in LEB128: seven bits a byte, the lowest first. */
function readNumber(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0
  for (let at = start, shift = 0; ; at++, shift += 7) {
    const byte = bytes[at] ?? 0
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return { value, end: at + 1 }
  }
}

function writeNumber(number: number): number[] {
  const bytes = []
  let rest = number
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return [...bytes, rest]
}

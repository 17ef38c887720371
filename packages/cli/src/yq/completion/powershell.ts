import { COMMANDS, completedFlags, SHELLS, type Word } from './words.ts'

/** The completion script for PowerShell. */
export function powershellScript(): string {
  return `# PowerShell completion of overlay-render yq
Register-ArgumentCompleter -Native -CommandName overlay-render -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${COMMANDS.map(tableLine).join('\n')}
  }
  $flags = [ordered]@{
${flagTable().map(tableLine).join('\n')}
  }
  $values = @{
${valueTable().join('\n')}
  }
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $words = @($words | Select-Object -SkipLast 1) }
  if ($words.Count -eq 1) { $found = @{ 'yq' = 'yq' } }
  elseif ($words[1] -ne 'yq') { return }
  elseif ($values.ContainsKey($words[-1])) {
    $found = [ordered]@{}
    $values[$words[-1]] | ForEach-Object { $found[$_] = $_ }
  }
  elseif ($wordToComplete.StartsWith('-')) { $found = $flags }
  elseif ($words.Count -eq 2) { $found = $commands }
  else { return }
  $found.GetEnumerator() | Where-Object { $_.Key.StartsWith($wordToComplete) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_.Key, $_.Key, 'ParameterValue', $_.Value)
  }
}
`
}

function flagTable(): Word[] {
  return completedFlags().map(({ long, help }) => ({ word: `--${long}`, help }))
}

/** The values after a word. PowerShell's keys are case-insensitive, so -P and -p cannot be told apart: only long flags. */
function valueTable(): string[] {
  const rows = completedFlags().flatMap(({ long, takes }) =>
    typeof takes === 'string' ? [] : [{ word: `--${long}`, values: takes }],
  )
  return [...rows, { word: 'completion', values: SHELLS }].map(
    ({ word, values }) => `    ${quoted(word)} = @(${values.map(quoted).join(', ')})`,
  )
}

function tableLine({ word, help }: Word): string {
  return `    ${quoted(word)} = ${quoted(help)}`
}

/** Quotes a text with single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

import { Argument, type Command } from 'commander'
import type { CliIo } from '../io.ts'

type ShellName = 'bash' | 'zsh' | 'fish'

/** What each shell runs to complete a call of `phial`. It asks `phial complete` for what may stand at the cursor. */
const SCRIPTS: Readonly<Record<ShellName, (name: string) => string>> = {
  bash: (name) => `_${name}_complete() {
  local IFS=$'\\n'
  local lines
  lines=$(${name} complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
  COMPREPLY=($(compgen -W "$lines" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _${name}_complete ${name}
`,
  zsh: (name) => `#compdef ${name}
_${name}() {
  local -a lines candidates
  lines=("\${(@f)$(${name} complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}"); done
  if (( $#candidates )); then _describe '${name}' candidates; else _files; fi
}
compdef _${name} ${name}
`,
  fish: (name) =>
    `complete -c ${name} -a '(${name} complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'\n`,
}

/** Prints the script with which a shell completes commands and options. */
export function configure(command: Command, io: CliIo): void {
  const shells = Object.keys(SCRIPTS) as ShellName[]
  command
    .addArgument(new Argument('<shell>', 'The shell.').choices(shells))
    .addHelpText(
      'after',
      `
Put one of these into the file that your shell reads when it starts:

  eval "$(${io.name ?? 'phial'} completion bash)"      in ~/.bashrc
  eval "$(${io.name ?? 'phial'} completion zsh)"       in ~/.zshrc
  ${io.name ?? 'phial'} completion fish | source       in ~/.config/fish/config.fish`,
    )
    .action((shell: ShellName) => {
      io.out(SCRIPTS[shell](io.name ?? 'phial'))
    })
}

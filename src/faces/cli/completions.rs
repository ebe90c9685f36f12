//! What completes the words of the command line in a shell: those of the parser, and behind `ctl` the
//! calls of the catalogue with the names of their parameters.

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;
use skyreel_core::command::{CATALOGUE, Param, Row};

use super::Cli;

/// The script for a shell.
pub fn complete(shell: Shell) -> String {
    let mut command = Cli::command().mut_subcommand("ctl", |ctl| {
        ctl.disable_help_subcommand(true).subcommands(CATALOGUE.iter().map(call))
    });
    if shell == Shell::Zsh {
        command = without_file(&command);
    }
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "skyreel", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        // bash puts a space behind every word that it completes, also behind `name=`, and holds what
        // stands before `=` for a word of its own.
        Shell::Bash => script + BEHIND_EQUALS,
        // fish is given no names of parameters by the generator.
        Shell::Fish => script + &CATALOGUE.iter().map(names_for_fish).collect::<String>(),
        Shell::Zsh => script.replace(ZSH_TASKS, ZSH_TASKS_AND_FILES),
        _ => script,
    }
}

/// The same without the recording that may stand in a task's place: zsh would take the task for it and
/// complete nothing behind it.
fn without_file(command: &Command) -> Command {
    Command::new("skyreel")
        .args(command.get_arguments().filter(|arg| !arg.is_positional()).cloned())
        .subcommands(command.get_subcommands().cloned())
}

const ZSH_TASKS: &str = "\":: :_skyreel_commands\"";
const ZSH_TASKS_AND_FILES: &str = "\":: :{_skyreel_commands; _files}\"";

const BEHIND_EQUALS: &str = r#"
_skyreel_words() {
    if [[ $2 == = || $3 == = ]]; then
        COMPREPLY=()
        return
    fi
    _skyreel "$@"
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -F _skyreel_words -o bashdefault -o default skyreel
"#;

fn names_for_fish(row: &Row) -> String {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('\'', "\\'");
    let line = |param: &Param| {
        let (call, name, help) = (row.call, param.name, quoted(param.help));
        format!(
            "complete -c skyreel -n '__fish_seen_subcommand_from {call}' -f -a '{name}=' -d '{help}'\n"
        )
    };
    row.params.iter().map(line).collect()
}

/// A call as the parser would know it, if it were not the catalogue's.
fn call(row: &'static Row) -> Command {
    let names: Vec<String> = row.params.iter().map(|param| format!("{}=", param.name)).collect();
    let words = Arg::new("words").num_args(0..).value_parser(PossibleValuesParser::new(names));
    let command = Command::new(row.call).about(row.help).disable_help_flag(true);
    if row.params.is_empty() { command } else { command.arg(words) }
}

//! Every function: what a call says and what it gives; and that there is no function without a call.

use super::fake::{Fake, Machine};
use super::rows::{Row, all};

#[test]
fn every_call_says_its_commands_and_gives_its_answer() {
    let mut wrong = Vec::new();
    for Row(call, commands, given) in all() {
        let mut machine = Machine::new(Fake::default());
        let found = machine.run(call);
        let said = machine.said();
        if found.as_deref() != Ok(*given) || said != *commands {
            wrong.push(format!("{call}\n    gave {found:?}\n    said {said:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_function_is_without_a_row() {
    let machine = Machine::new(Fake::default());
    let words = &machine.words;
    let supported = words.iter().filter(|word| !word.help.starts_with("Not supported: "));
    for word in supported.clone() {
        let is_called = |row: &Row| {
            let after = row.0.split(&word.name).skip(1);
            after.into_iter().any(|rest| rest.starts_with(['(', '{']))
        };
        assert!(all().any(is_called), "{}", word.name);
    }
    println!("{} functions, {} rows", supported.count(), all().count());
}

#[test]
fn every_word_is_told_in_order_with_one_line_of_help() {
    let machine = Machine::new(Fake::default());
    let words = &machine.words;
    assert!(words.windows(2).all(|pair| pair[0].name < pair[1].name), "in order, each once");
    for word in words {
        assert!(word.usage.starts_with(&word.name), "{word:?}");
        assert!(word.help.ends_with('.') && !word.help.contains('\n'), "{word:?}");
        assert!(word.help.len() < 140, "{word:?}");
    }
}

#[test]
fn what_is_printed_has_its_weight() {
    let mut machine = Machine::new(Fake::default());
    let code = r#"openspace.printInfo("one", 2) openspace.printWarning("two") openspace.printError(nil)
        openspace.printTrace({} ~= nil)"#;
    machine.run(code).unwrap();
    let printed = machine.printed.borrow().clone();
    assert_eq!(printed, ["Info: one 2", "Warning: two", "Error: ", "Detail: true"]);
}

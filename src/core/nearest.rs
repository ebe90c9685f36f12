//! What whoever gave an unknown name may have meant, and how they are asked.

use std::cmp::Reverse;

use strsim::osa_distance;

/// A name of which only the beginning was given is found from so many letters on.
const SHORTEST_BEGINNING: usize = 3;

/// The name that takes the fewest slips of the hand (a letter too much, too few, another one, two
/// swapped) from the one that was given, whatever the case; of several the one that begins like it for
/// longest. Where none is that near, the shortest that begins with all that was given. `None` where
/// nothing is like it.
pub fn nearest<'a>(names: impl Iterator<Item = &'a str>, given: &str) -> Option<String> {
    let given = given.to_lowercase();
    let (mut near, mut longer) = (None, None::<&str>);
    for name in names {
        let lower = name.to_lowercase();
        if let Some(slips) = slips(&lower, &given) {
            let same = lower.chars().zip(given.chars()).take_while(|(a, b)| a == b).count();
            let rank = (slips, Reverse(same));
            if near.is_none_or(|(best, _)| rank < best) {
                near = Some((rank, name));
            }
        }
        let begins = given.len() >= SHORTEST_BEGINNING && lower.starts_with(&given);
        if begins && longer.is_none_or(|best| name.len() < best.len()) {
            longer = Some(name);
        }
    }
    near.map(|(_, name)| name).or(longer).map(str::to_owned)
}

/// How many slips are between two names; `None` where they are too many for it to be the same name:
/// more than a third of its letters. Of names with as many points that holds for each part, or else
/// what all have in common would make everything near.
fn slips(name: &str, given: &str) -> Option<usize> {
    let (names, givens) = (name.split('.'), given.split('.'));
    if name.matches('.').count() == given.matches('.').count() {
        return names.zip(givens).map(|(name, given)| slips_of_part(name, given)).sum();
    }
    slips_of_part(name, given)
}

fn slips_of_part(name: &str, given: &str) -> Option<usize> {
    let (long, short) = (name.chars().count(), given.chars().count());
    let most = (long.max(short) / 3).max(1);
    // What differs in length by more need not be looked at.
    if long.abs_diff(short) > most {
        return None;
    }
    let slips = osa_distance(name, given);
    (slips <= most && slips < long.max(1)).then_some(slips)
}

/// The question that ends a complaint; empty where nothing is like it.
pub fn did_you_mean(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or(String::new(), |name| format!("; did you mean '{name}'?"))
}

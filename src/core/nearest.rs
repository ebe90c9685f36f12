//! What whoever gave an unknown name may have meant, and how they are asked.

/// The name that shares the longest beginning with the one that was given, whatever the case; of
/// several the shortest. `None` where none shares three letters.
pub fn nearest<'a>(names: impl Iterator<Item = &'a str>, given: &str) -> Option<String> {
    let given = given.to_lowercase();
    let shared = |name: &str| {
        let name = name.to_lowercase();
        name.chars().zip(given.chars()).take_while(|(a, b)| a == b).count()
    };
    let best = names.max_by_key(|name| (shared(name), std::cmp::Reverse(name.len())))?;
    (shared(best) >= 3).then(|| best.to_owned())
}

/// The question that ends a complaint; empty where nothing is like it.
pub fn did_you_mean(nearest: &Option<String>) -> String {
    nearest.as_ref().map_or(String::new(), |name| format!("; did you mean '{name}'?"))
}

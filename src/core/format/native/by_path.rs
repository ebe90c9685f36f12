//! Maps by property path as states have them, read at once: they are written in order of their paths, and
//! a map made of what is in order is made faster than one that grows.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Most that is reserved on a file's word.
const MOST_RESERVED: usize = 4096;

pub(super) fn deserialize<'de, D, T>(source: D) -> Result<BTreeMap<Arc<str>, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    source.deserialize_map(ByPath(PhantomData))
}

struct ByPath<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ByPath<T> {
    type Value = BTreeMap<Arc<str>, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map by property path")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::with_capacity(map.size_hint().unwrap_or(0).min(MOST_RESERVED));
        while let Some((path, value)) = map.next_entry::<&str, T>()? {
            all.push((Arc::from(path), value));
        }
        Ok(all.into_iter().collect())
    }
}

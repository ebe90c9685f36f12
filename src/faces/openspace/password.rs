//! The password of those who are not the program's user.

use std::fmt;

use subtle::ConstantTimeEq;

/// Longest password, bytes.
const LONGEST: usize = 256;

/// A password.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// One; `None` where it is empty or longer than 256 bytes.
    pub fn new(text: &str) -> Option<Self> {
        (1..=LONGEST).contains(&text.len()).then(|| Self(text.to_owned()))
    }

    /// Whether this is it. Takes as long whatever was told, so that nothing is learnt by trying.
    pub fn is(&self, told: &str) -> bool {
        let padded = |text: &str| {
            let mut bytes = [0; LONGEST];
            let length = text.len().min(LONGEST);
            bytes[..length].copy_from_slice(&text.as_bytes()[..length]);
            bytes
        };
        let is_same = padded(&self.0).ct_eq(&padded(told));
        (is_same & self.0.len().ct_eq(&told.len())).into()
    }
}

/// It stays out of logs and errors.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

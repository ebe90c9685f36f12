//! The secret of one start of the program: whoever knows it is the user who started it.

use std::fmt;

use subtle::ConstantTimeEq;

const BYTES: usize = 32;

/// 256 random bits, as hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// The system has no random numbers to give.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the system gives no random numbers for a secret: {0}")]
pub struct NoRandomness(#[from] getrandom::Error);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn new() -> Result<Self, NoRandomness> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// One that somebody has told. `None` where it cannot be one.
    pub fn told(text: &str) -> Option<Self> {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 2 * BYTES && text.bytes().all(is_hex)).then(|| Self(text.to_owned()))
    }

    /// Its digits, to be handed to whoever may know it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether this is it. Takes as long for one that is nearly right as for any other.
    pub fn is(&self, told: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(told).into()
    }
}

/// It stays out of logs and errors.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

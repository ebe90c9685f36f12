//! How a browser, which cannot read files, is let in: by a short code that a person reads off the window
//! or the terminal, by one that is good once, carried by an address that was opened from there, or, from
//! other machines, by a password. Says what is right; who may try how often is somebody else's.

use std::fmt;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use subtle::ConstantTimeEq;

use super::secret::NoRandomness;

/// Letters and digits that nobody takes for another one.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Of so many characters is a code that people type: 7·10⁸ of them, at ten wrong ones a minute.
const TYPED: usize = 6;

/// Of so many one that is good once.
const CARRIED: usize = 16;

/// How long that is good.
const CARRIED_FOR: Duration = Duration::from_secs(60);

/// How many of those there are at once; the oldest go first.
const MOST_CARRIED: usize = 16;

/// The shortest password.
pub const SHORTEST_PASSWORD: usize = 8;

/// The longest.
const LONGEST_PASSWORD: usize = 256;

/// A password, which stays out of logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// One that somebody has chosen. `None` where it is shorter than [`SHORTEST_PASSWORD`] bytes, or
    /// longer than 256.
    pub fn chosen(text: &str) -> Option<Self> {
        (SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&text.len()).then(|| Self(text.to_owned()))
    }

    /// Whether this is it. Takes as long whatever was told, so that nothing is learnt by trying.
    pub fn is(&self, told: &[u8]) -> bool {
        let padded = |text: &[u8]| {
            let mut bytes = [0; LONGEST_PASSWORD];
            let length = text.len().min(LONGEST_PASSWORD);
            bytes[..length].copy_from_slice(&text[..length]);
            bytes
        };
        let is_same = padded(self.0.as_bytes()).ct_eq(&padded(told));
        (is_same & self.0.len().ct_eq(&told.len())).into()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What lets browsers in, for one start of the program.
pub struct Codes {
    typed: String,
    carried: Mutex<Vec<(String, Instant)>>,
    password: Option<Password>,
}

/// What a browser tells to be let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told<'a> {
    /// A code.
    Code(&'a str),
    /// The password.
    Password(&'a str),
}

impl Codes {
    /// New ones, and the password for other machines.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn new(password: Option<Password>) -> Result<Self, NoRandomness> {
        Ok(Self { typed: random(TYPED)?, carried: Mutex::default(), password })
    }

    /// The code that people type: `K7Q-M2X`.
    pub fn typed(&self) -> String {
        let (one, other) = self.typed.split_at(TYPED / 2);
        format!("{one}-{other}")
    }

    /// A new one that is good once, for a minute.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn carry(&self, now: Instant) -> Result<String, NoRandomness> {
        let code = random(CARRIED)?;
        let mut carried = self.carried.lock().unwrap_or_else(PoisonError::into_inner);
        if carried.len() >= MOST_CARRIED {
            carried.remove(0);
        }
        carried.push((code.clone(), now));
        Ok(code)
    }

    /// Whether this lets in a browser that is there. Codes are for this machine's, the password is for
    /// others'.
    pub fn let_in(&self, told: Told<'_>, from: IpAddr, now: Instant) -> bool {
        match told {
            Told::Code(code) => from.is_loopback() && self.is_code(code, now),
            Told::Password(told) => {
                self.password.as_ref().is_some_and(|password| password.is(told.as_bytes()))
            }
        }
    }

    fn is_code(&self, told: &str, now: Instant) -> bool {
        let told: String =
            told.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
        if self.typed.as_bytes().ct_eq(told.as_bytes()).into() {
            return true;
        }
        let mut carried = self.carried.lock().unwrap_or_else(PoisonError::into_inner);
        carried.retain(|(_, made)| now.saturating_duration_since(*made) < CARRIED_FOR);
        let is_it = |(code, _): &(String, Instant)| code.as_bytes().ct_eq(told.as_bytes()).into();
        let found = carried.iter().position(is_it);
        found.map(|at| carried.remove(at)).is_some()
    }
}

impl fmt::Debug for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Codes(…)")
    }
}

/// So many characters, each as likely as the others.
fn random(count: usize) -> Result<String, NoRandomness> {
    let mut code = String::with_capacity(count);
    while code.len() < count {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        // The bytes above the last whole alphabet would make its beginning likelier.
        let even = bytes.iter().filter(|byte| usize::from(**byte) < 256 / 30 * 30);
        let left = count - code.len();
        code.extend(even.take(left).map(|byte| char::from(ALPHABET[usize::from(*byte) % 30])));
    }
    Ok(code)
}

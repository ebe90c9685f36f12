//! Record what happens in a Bevy app, and play it back exactly.

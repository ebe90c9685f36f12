//! Flying a camera: by hand, and to a place by itself. No Bevy, no clock, no screen.

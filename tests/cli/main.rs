//! Promises of the command line, kept by the real program: what it prints, how it ends, what it
//! leaves on disk, and what is on its pictures.

#![allow(clippy::unwrap_used, reason = "tests")]

mod convert;
mod ctl;
mod edit;
mod film;
mod headless;
mod help;
mod info;
mod licences;
mod native;
mod openspace;
mod pixels;
mod places;
mod program;
mod record;
mod roll;
mod run;
mod scene;
mod toggles;
mod usage;

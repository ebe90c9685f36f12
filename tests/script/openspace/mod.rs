//! Promises of the live `openspace` table.

mod calls;
mod console;
mod corpus;
mod fake;
mod later;
mod navigation;
mod refusals;
mod rows;
mod time;

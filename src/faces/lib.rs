//! How people reach Skyreel. Each face turns what a person does into data; none does the work.

pub mod bar;
pub mod cli;
pub mod ctl;
pub mod door;
pub mod keys;
pub mod openspace;
pub mod port_holder;
pub mod sockets;
pub mod web;

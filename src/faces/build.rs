//! The pages of the browser menu are part of this crate: it is built anew when one comes or goes.

fn main() {
    println!("cargo::rerun-if-changed=../../assets/web");
}

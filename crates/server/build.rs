//! Makes sure that the folders of the built front ends exist, so that the server builds without them. Pages that are
//! not built are answered with a note on how to build them.

use std::{fs, path::Path};

fn main() {
    let frontend = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend");
    for folder in ["console/dist", "widget/dist"] {
        let path = frontend.join(folder);
        // A read-only source tree with built front ends needs no folder.
        let _ = fs::create_dir_all(&path);
        println!("cargo::rerun-if-changed={}", path.display());
    }
}

//! The repository's own text files.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Folders that hold what others made: builds, packages, running data.
const SKIPPED: [&str; 8] =
    [".git", "target", "node_modules", "dist", "data", "results", "playwright-report", "__pycache__"];

/// Sources that a tool writes; no rule of taste applies to them.
const GENERATED: [&str; 3] = [
    "frontend/console/src/api/schema.d.ts",
    "frontend/console/src/auto-imports.d.ts",
    "frontend/console/src/components.d.ts",
];

/// One text file of the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// Path relative to the root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl File {
    /// Whether the file's name ends with one of `extensions` (without the dot).
    pub fn is(&self, extensions: &[&str]) -> bool {
        extensions
            .iter()
            .any(|extension| self.path.rsplit_once('.').is_some_and(|(_, end)| end == *extension))
    }

    /// Whether a tool wrote the file.
    pub fn generated(&self) -> bool {
        GENERATED.contains(&self.path.as_str())
    }

    /// The crate's name without its prefix, for files under `crates/`.
    pub fn krate(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }
}

/// The root of the repository that this crate belongs to.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All text files below `root` whose extension is one of `extensions`, in the order of their paths.
pub fn read(root: &Path, extensions: &[&str]) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    walk(root, root, extensions, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn walk(root: &Path, folder: &Path, extensions: &[&str], files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            // `data` is running data at the root and a source folder everywhere else.
            let skipped = SKIPPED.contains(&name.as_str()) && (name != "data" || folder == root);
            if !skipped {
                walk(root, &path, extensions, files)?;
            }
            continue;
        }
        let wanted = name.rsplit_once('.').is_some_and(|(_, end)| extensions.contains(&end));
        if wanted && entry.file_type()?.is_file() {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let relative = relative.to_string_lossy().replace('\\', "/");
            files.push(File { path: relative, text: fs::read_to_string(&path)? });
        }
    }
    Ok(())
}

//! Where things are: the repository and the cache folder that every checkout shares.

use std::path::PathBuf;

/// The root of this checkout.
pub fn repository() -> PathBuf {
    // The manifest folder is `<root>/xtask`.
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}

/// Cargo's target folder of this checkout: `$CARGO_TARGET_DIR`, else `target/`.
pub fn target() -> PathBuf {
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    repository().join(folder)
}

/// The folder for tools, packages and generated histories: `$UTKIK_CACHE`, else `$XDG_CACHE_HOME/utkik`, else `~/.cache/utkik`.
///
/// It is outside the checkout so that a second checkout finds what the first one built.
pub fn cache() -> PathBuf {
    if let Some(folder) = std::env::var_os("UTKIK_CACHE") {
        return PathBuf::from(folder);
    }
    if let Some(folder) = std::env::var_os("XDG_CACHE_HOME") {
        return PathBuf::from(folder).join("utkik");
    }
    let home = std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from);
    home.join(".cache").join("utkik")
}

/// Where `setup` installs tools.
pub fn tools() -> PathBuf {
    cache().join("tools")
}

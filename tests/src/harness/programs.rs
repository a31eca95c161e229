//! Where the built programs are. Those of other crates are built once a test run, by the cargo that runs it.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
    sync::{Once, OnceLock},
};

/// `tollgate-sidecar`, the program beside each app.
pub fn sidecar() -> PathBuf {
    built().join("tollgate-sidecar")
}

/// `tollgate`, the operator's command line.
pub fn operator() -> PathBuf {
    built().join("tollgate")
}

/// `tollgate-standin`, which cargo builds with this crate's tests.
pub fn standin() -> PathBuf {
    folder().join("tollgate-standin")
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate lies in the workspace")
}

/// The folder that this very program was built into (`target/debug`, `target/release`), with the others in it.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let own = std::env::current_exe().expect("a program knows where it is");
        let beside = own.parent().expect("a file has a folder");
        // a test lies in deps/, one below the programs
        let folder =
            if beside.ends_with("deps") { beside.parent().expect("deps has a parent") } else { beside };
        folder.to_owned()
    })
}

/// The same folder, once the programs under test are in it and new. Bench and demo are started by a script
/// that has built them.
pub fn built() -> &'static Path {
    static BUILD: Once = Once::new();
    BUILD.call_once(|| {
        if let Some(cargo) = std::env::var_os("CARGO") {
            build(&cargo, folder());
        }
    });
    folder()
}

fn build(cargo: &OsStr, folder: &Path) {
    let mut command = Command::new(cargo);
    command.current_dir(root()).args(["build", "--quiet", "--bins"]);
    command.args(["-p", "tollgate-sidecar", "-p", "tollgate-operator"]);
    command.arg("--target-dir").arg(folder.parent().expect("a profile's folder lies in the target folder"));
    // What cargo tells a test of its crate is no business of the build: ring would be made anew, and all that uses it.
    for (name, _) in std::env::vars_os() {
        let of_the_crate = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        if name.to_str().is_some_and(of_the_crate) {
            command.env_remove(name);
        }
    }
    if folder.ends_with("release") {
        command.arg("--release");
    }
    let status = command.status().expect("cargo runs");
    assert!(status.success(), "the programs under test do not build");
}

//! Images that no container engine made.

use std::{fs, process::Command};

use tollgate_tests::harness::{installation::Images, programs};

#[test]
fn the_same_programs_make_the_same_images() {
    let first = Images::make(programs::built()).unwrap();
    let second = Images::make(programs::built()).unwrap();

    assert_eq!(first.tag, second.tag);
    assert_eq!((first.app, first.postgres, first.standin), (second.app, second.postgres, second.standin));
}

/// A program for tests is far larger than one for users: what is held small is what comes beside it.
#[test]
fn the_sidecar_image_is_its_program_and_the_little_that_it_loads() {
    Images::make(programs::built()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("stripped");
    let stripped = Command::new("strip")
        .arg("-o")
        .arg(&program)
        .arg(programs::built().join("tollgate-sidecar"))
        .status()
        .unwrap();
    assert!(stripped.success());

    let archive = programs::root().join(".cache/images/tollgate-sidecar.tar");
    let beside = fs::metadata(archive).unwrap().len() - fs::metadata(program).unwrap().len();
    assert!(beside < 4 << 20, "{beside} bytes");
}

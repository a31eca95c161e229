//! Images that no container engine made.

use std::fs;

use tollgate_tests::harness::{installation::Images, programs};

#[test]
fn the_same_programs_make_the_same_images() {
    let first = Images::make(programs::built()).unwrap();
    let second = Images::make(programs::built()).unwrap();

    assert_eq!(first.tag, second.tag);
    assert_eq!((first.app, first.postgres, first.standin), (second.app, second.postgres, second.standin));
}

#[test]
fn the_sidecar_image_is_small() {
    Images::make(programs::built()).unwrap();

    let archive = programs::root().join(".cache/images/tollgate-sidecar.tar");
    let size = fs::metadata(archive).unwrap().len();
    assert!(size < 20 << 20, "{size} bytes");
}

//! What calls take, as it is learned and asked.

#![expect(clippy::float_arithmetic, reason = "chance, not money")]

use crate::{
    models::Model,
    temper::{Temper, Took},
    traffic::Row,
};

/// A number from a fixed sequence, between 1 and 20; most are small.
fn size(at: u64) -> f64 {
    let mixed = (at + 3).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (((mixed ^ (mixed >> 27)) >> 11) as f64 / (1_u64 << 53) as f64 * 3.0).exp()
}

/// Calls come five at a time, one ten minutes after the other, of sizes that know nothing of each other.
#[test]
fn calls_that_come_together_are_not_alike_if_they_never_were() {
    let mut temper = Temper::default();
    let ten_minutes = |temper: &mut Temper, from: u64, times: f64| {
        let mut took = Took::default();
        (from..from + 20).for_each(|at| took.add(temper.take(Model::default(), times * size(at), 1.0)));
        took
    };
    for block in 0..400 {
        let took = ten_minutes(&mut temper, block * 20, 1.0);
        temper.learn_wander(&took);
    }
    let usual = ten_minutes(&mut temper, 9_000, 1.0);
    let dearer = ten_minutes(&mut temper, 10_000, 6.0);
    assert!(temper.dearness_together(&usual, 5.0) < 2.0);
    assert!(temper.dearness_together(&dearer, 5.0) > 5.0);
}

/// Of a hundred and fifty-five calls five are of a model that costs sixty times as much as most, and thirty of one between them.
#[test]
fn calls_that_are_dear_for_their_model_are_odd_though_another_models_always_are_as_dear() {
    let mut temper = Temper::default();
    let models = ["small", "middle", "large"]
        .map(|model| Model::of(&Row { model: Some(model.to_owned()), ..Row::default() }));
    let ten_minutes = |temper: &mut Temper, from: u64, times: f64| {
        let mut took = Took::default();
        for at in 0..155 {
            let (model, each) = match at % 31 {
                0 => (models[2], 60.0),
                1..7 => (models[1], 5.0 * times),
                _ => (models[0], 1.0),
            };
            took.add(temper.take(model, each * size(from + at), 1.0));
        }
        took
    };
    for block in 0..200 {
        let took = ten_minutes(&mut temper, block * 155, 1.0);
        temper.learn_wander(&took);
    }
    let usual = ten_minutes(&mut temper, 50_000, 1.0);
    let dearer = ten_minutes(&mut temper, 60_000, 12.0);
    assert!(temper.dears_ln(&usual, 6.0) > -3.0);
    assert!(temper.dears_ln(&dearer, 6.0) < -15.0, "{}", temper.dears_ln(&dearer, 6.0));
}

/// Batches of nine thousand calls, told in one row each, hardly differ; people's seven calls in ten minutes take between 1 and 400.
#[test]
fn how_much_few_calls_differ_is_not_learned_from_batches_that_make_nearly_all_of_them() {
    let mut temper = Temper::default();
    let ten_minutes = |temper: &mut Temper, calls: u64, each: &dyn Fn(u64) -> f64| {
        let mut took = Took::default();
        (0..calls).for_each(|at| took.add(temper.take(Model::default(), each(at), 1.0)));
        took
    };
    for block in 0..700 {
        let mut took = ten_minutes(&mut temper, 7, &|at| size(block * 7 + at).powi(2));
        if block % 70 == 0 {
            took.add(temper.take(Model::default(), 9_000.0 * 66.0, 9_000.0));
        }
        temper.learn_wander(&took);
    }
    let long_ones = ten_minutes(&mut temper, 7, &|_| 380.0);
    let dearer = ten_minutes(&mut temper, 60, &|at| 15.0 * size(50_000 + at).powi(2));
    assert!(temper.dearness_together(&long_ones, 4.0) < 5.0);
    assert!(temper.dearness_together(&dearer, 4.0) > 5.0);
}

//! Who a call is for: a profile out of many, some of whose words stand in other profiles, too.

use super::{
    PREAMBLE, bare, call, filler,
    fillings::{drawn, found},
    groups,
};
use crate::Sketch;

#[test]
fn profiles_that_are_all_that_is_told_make_no_features_above_a_template_in_the_question() {
    for (customers, calls) in [(20, 60), (20, 120), (40, 120)] {
        let of = |at: usize| {
            let asked =
                format!("Say in one sentence whether the offer suits, and why:\n\n{}", filler(at, 30));
            call(&filler(500 + drawn(at, 1) % customers, 16), &asked)
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        assert_eq!(groups(&sketches).len(), 1, "{customers} customers, {calls} calls");
    }
}

#[test]
fn profiles_that_share_words_with_each_other_fall_apart_into_three_groups_at_most() {
    let profile = |customer: usize| {
        let land = ["alpine meadow", "river clay", "sandy heath", "chalk hill"][drawn(customer, 2) % 4];
        let crop = ["olive trees", "sugar beet", "sour cherry"][drawn(customer, 3) % 3];
        let [farm, goal] = [1, 2].map(|nth| filler(1_000 + 10 * customer + nth, 5));
        format!("Farm: {farm}. It is {land} with some {crop} upon it. Wants: {goal}.")
    };
    for (customers, calls) in [(30, 90), (30, 120), (40, 120)] {
        let of = |at: usize| {
            let told = format!("{PREAMBLE} {}", profile(drawn(at, 1) % customers));
            call(&told, &filler(at, 20))
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        let sizes: Vec<usize> = groups(&sketches).iter().map(Vec::len).collect();
        assert!(sizes.len() <= 3, "{customers} customers, {calls} calls: {sizes:?}");
    }
}

#[test]
fn what_nearly_all_are_told_in_two_words_is_filled_in_where_others_are_told_one_of_many_things() {
    let told = |at: usize| {
        let customer = drawn(at, 1) % 24;
        let broker =
            if customer < 4 { filler(2_000 + customer, 14) } else { "No broker was named.".to_owned() };
        format!("{PREAMBLE} {} {broker} {}", filler(3_000 + customer, 9), filler(4_000 + customer, 9))
    };
    let sketches: Vec<Sketch> = (0..120).map(|at| call(&told(at), &filler(at, 20))).collect();
    assert_eq!(groups(&sketches).len(), 1);
}

#[test]
fn a_document_and_a_question_that_a_few_calls_have_in_common_by_chance_make_no_feature() {
    for calls in [30, 60] {
        let of = |at: usize| {
            let documents = found(40, 1, 3, at).into_iter().map(|number| filler(5_000 + number, 40));
            let told = format!("{PREAMBLE}\n\n{}", documents.collect::<Vec<_>>().join("\n\n"));
            call(&told, &filler(6_000 + drawn(at, 7) % 12, 20))
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        assert_eq!(groups(&sketches).len(), 1, "{calls} calls");
    }
}

#[test]
fn a_paper_that_a_few_calls_are_about_makes_no_feature_within_a_template() {
    let [before, after] = [
        "Read the contract between the two lines and list, in plain words, whatever moves a risk to us.",
        "Name the paragraph of each, and keep to a page however much there is to say.",
    ];
    for (papers, calls) in [(2, 8), (3, 9), (3, 12), (4, 12)] {
        let of = |at: usize| {
            let lines = |from: usize, count: usize| {
                (from..from + count).map(|line| filler(line, 12) + ".").collect::<Vec<_>>().join(" ")
            };
            // what each call has of it is not quite the same
            let paper = [lines(7_000 + 100 * (at % papers), 6), lines(9_000 + 100 * at, 9)].join(" ");
            bare(&format!("{before}\n\n---\n{paper}\n---\n\n{after}"))
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        assert_eq!(groups(&sketches).len(), 1, "{papers} papers, {calls} calls");
    }
}

#[test]
fn tasks_that_several_tenants_have_beneath_their_own_handbooks_are_never_mixed() {
    for (tenants, tasks, calls) in [(2, 5, 150), (3, 5, 200), (3, 7, 300)] {
        let of = |at: usize| {
            let (tenant, task) = (drawn(at, 1) % tenants, at % tasks);
            let told = format!("{} {}.", filler(9_000 + tenant, 120), filler(9_100 + task, 14));
            call(&told, &filler(at, 6 + 12 * task + drawn(at, 2) % 6))
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        let is_of_one_task = |group: &Vec<usize>| group.iter().all(|at| at % tasks == group[0] % tasks);
        let groups = groups(&sketches);
        assert!(groups.iter().all(is_of_one_task), "{tenants} tenants, {tasks} tasks: {groups:?}");
    }
}

#[test]
fn tasks_beneath_tenants_handbooks_are_not_taken_back_though_the_same_ones_stand_with_each() {
    let of = |at: usize| {
        let (tenant, task) = (drawn(at, 1) % 4, at % 3);
        call(&format!("{} {}.", filler(9_300 + tenant, 250), filler(9_400 + task, 14)), &filler(at, 20))
    };
    let sketches: Vec<Sketch> = (0..180).map(of).collect();
    assert!(groups(&sketches).iter().all(|group| group.iter().all(|at| at % 3 == group[0] % 3)));
}

/// A handbook of ten lines, half of which stand in other tenants' ones, too.
fn handbook(tenant: usize) -> String {
    let line = |number: usize| {
        if drawn(tenant, number).is_multiple_of(2) { number } else { 100 * (tenant + 1) + number }
    };
    (0..10).map(|number| format!("- {}.\n", filler(13_000 + line(number), 9))).collect()
}

#[test]
fn handbooks_that_share_lines_with_that_of_a_large_tenant_make_no_features() {
    let tasks = [14_000, 14_001].map(|task| filler(task, 16));
    for (tenants, calls) in [(14, 240), (20, 120), (20, 240)] {
        let of = |at: usize| {
            let tenant = if drawn(at, 1).is_multiple_of(2) { drawn(at, 2) % tenants } else { 0 };
            let told = format!("{PREAMBLE}\n{}\n{}.", handbook(tenant), tasks[at % 2]);
            call(&told, &filler(at, 20 + 40 * (at % 2)))
        };
        let sketches: Vec<Sketch> = (0..calls).map(of).collect();
        let groups = groups(&sketches);
        assert!(groups.iter().all(|group| group.iter().all(|at| at % 2 == group[0] % 2)));
        assert!(groups.len() <= 5, "{tenants} tenants, {calls} calls: {}", groups.len());
    }
}

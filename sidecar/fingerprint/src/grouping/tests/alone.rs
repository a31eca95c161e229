//! Tasks beneath one preamble, documents beneath some of them: what is told alone is a task, unless it is a document that was
//! found alone.

use super::{PREAMBLE, call, filler, fillings::looked_up, groups, mixed};

/// What differs between calls of one task, too.
fn preamble(at: usize) -> String {
    let flags = ["", "features: dark mode, new form.", "features: dark mode."][at / 5 % 3];
    format!("{PREAMBLE} {PREAMBLE} Place: {}. {flags}", filler(300 + at % 7, 1))
}

const TASKS: [&str; 4] = [
    "Rank the letters by how clear they are, from one to five, and give the ranks as a table.",
    "Name whatever the letter leaves out about the last two years, as a short list.",
    "Answer from the documents below, and say from which.",
    "Decide whether it is allowed. Quote the rule below, then write YES, NO or ASK.",
];

#[test]
fn tasks_without_documents_are_told_apart_beside_tasks_with_documents() {
    for (tasks, calls) in [(3, 90), (4, 160), (4, 400)] {
        let of = |at: usize| {
            let task = at % tasks;
            let documents = if task < 2 { String::new() } else { looked_up(12, task, mixed(at)) };
            call(&format!("{}\n\n{}\n\n{documents}", preamble(at), TASKS[task]), &filler(at, 20))
        };
        let sketches: Vec<_> = (0..calls).map(of).collect();
        let of_task = |task: usize| (task..calls).step_by(tasks).collect();
        assert_eq!(groups(&sketches), (0..tasks).map(of_task).collect(), "{tasks} tasks, {calls} calls");
    }
}

#[test]
fn a_small_task_without_documents_does_not_stand_among_many_calls_with_documents() {
    let of = |at: usize| {
        let (task, documents) = if at < 20 { (0, String::new()) } else { (2, looked_up(17, 2, mixed(at))) };
        call(&format!("{}\n\n{}\n\n{documents}", preamble(at), TASKS[task]), &filler(at, 20))
    };
    for calls in [100, 200] {
        let sketches: Vec<_> = (0..calls).map(of).collect();
        assert!(groups(&sketches).contains(&(0..20).collect::<Vec<_>>()), "{calls} calls");
    }
}

#[test]
fn what_all_are_told_is_no_other_task_than_that_of_a_few_in_hundreds() {
    let of = |at: usize| {
        let told = if at < 15 {
            "Sort the report: hull, cargo, crew or third party. Give how urgent it is from one to four."
                .to_owned()
        } else {
            format!("Answer from these.\n\n{}", looked_up(30, 4, mixed(at)))
        };
        call(&format!("{}\n\n{told}", preamble(at)), &filler(at, 20))
    };
    for calls in [300, 400] {
        let sketches: Vec<_> = (0..calls).map(of).collect();
        assert!(groups(&sketches).contains(&(0..15).collect::<Vec<_>>()), "{calls} calls");
    }
}

#[test]
fn a_document_that_is_found_alone_now_and_then_is_no_task() {
    for calls in [100, 300] {
        let told = |at: usize| format!("{}\n\n{}\n\n{}", preamble(at), TASKS[2], looked_up(12, 3, mixed(at)));
        let sketches: Vec<_> = (0..calls).map(|at| call(&told(at), &filler(at, 9))).collect();
        let largest = groups(&sketches).iter().map(Vec::len).max().unwrap();
        assert!(largest * 10 >= calls * 9, "{largest} of {calls} calls");
    }
}

#[test]
fn what_each_customer_has_written_is_no_task_beside_tasks_that_all_customers_have() {
    for calls in [120, 240] {
        let told = |at: usize| {
            let customer = filler(800 + at / 3 % 7, 45);
            format!("{}\n\n{customer}.\n\n{}", preamble(at), TASKS[at % 3])
        };
        let sketches: Vec<_> = (0..calls).map(|at| call(&told(at), &filler(at, 20))).collect();
        let of_task = |task: usize| (task..calls).step_by(3).collect();
        assert_eq!(groups(&sketches), (0..3).map(of_task).collect(), "{calls} calls");
    }
}

use super::*;

/// Rollups have all but these hours; of their days there are no sums.
fn known(open_hours: &[i64], oldest_row: i64) -> Known {
    Known {
        open_hours: open_hours.iter().map(|hour| hour * HOUR).collect(),
        open_days: open_hours.iter().map(|hour| hour.div_euclid(24) * DAY).collect(),
        unsummed_days: (-30..30).map(|day| day * DAY).collect(),
        oldest_row,
        part_days: BTreeSet::new(),
        sees_totals: true,
    }
}

/// There are sums of all days.
fn summed(oldest_row: i64) -> Known {
    Known { unsummed_days: BTreeSet::new(), ..known(&[], oldest_row) }
}

fn on(side: Side, sources: &Sources, table: Table) -> Vec<(i64, i64)> {
    let parts = sources.parts.iter().filter(|part| part.table == table && part.side == side);
    parts.flat_map(|part| part.stretches.clone()).collect()
}

fn stretches(sources: &Sources, table: Table) -> Vec<(i64, i64)> {
    on(Side::Own, sources, table)
}

fn moved(sources: &Sources, table: Table) -> Vec<(i64, i64)> {
    on(Side::Moved, sources, table)
}

fn back(sources: &Sources, table: Table) -> Vec<(i64, i64)> {
    on(Side::Back, sources, table)
}

fn but(sources: &Sources) -> Vec<i64> {
    sources.parts.iter().flat_map(|part| part.but.clone()).collect()
}

#[test]
fn hours_that_changed_are_read_from_the_rows_and_all_others_from_the_rollup() {
    let sources = Sources::of_all(&[0], 10 * HOUR, &known(&[3, 4, 9, 12], 0));
    assert_eq!(stretches(&sources, Table::Rows), [(3 * HOUR, 5 * HOUR), (9 * HOUR, 10 * HOUR)]);
    assert_eq!(stretches(&sources, Table::Hours), [(0, 10 * HOUR)]);
    assert_eq!(but(&sources), [3 * HOUR, 4 * HOUR, 9 * HOUR]);
}

#[test]
fn hours_that_an_edge_cuts_are_read_from_the_rows() {
    let half = HOUR / 2;
    let sources = Sources::of_all(&[half, DAY + half], 2 * DAY + half, &known(&[], 0));
    let rows = [(half, HOUR), (DAY, DAY + HOUR), (2 * DAY, 2 * DAY + half)];
    assert_eq!(stretches(&sources, Table::Rows), rows);
    assert_eq!((but(&sources).len(), sources.coarse), (3, false));
}

#[test]
fn a_cut_hour_whose_rows_are_gone_counts_where_it_begins() {
    let half = HOUR / 2;
    let sources = Sources::of_all(&[half], DAY + half, &known(&[], 10 * DAY));
    assert_eq!((stretches(&sources, Table::Rows), but(&sources)), (vec![], vec![]));
    assert_eq!((stretches(&sources, Table::Hours), sources.coarse), (vec![(half, DAY + half)], true));
}

#[test]
fn a_ledger_that_is_far_behind_is_read_from_the_rollup_and_says_so() {
    let hours: Vec<i64> = (0..48).collect();
    let sources = Sources::of_all(&[0], 48 * HOUR, &known(&hours, 0));
    assert_eq!((sources.behind, stretches(&sources, Table::Rows)), (18, vec![(18 * HOUR, 48 * HOUR)]));
}

#[test]
fn days_that_are_summed_and_in_one_bucket_come_from_their_sums() {
    let known = Known { unsummed_days: [DAY].into(), ..summed(0) };
    let sources = Sources::of_all(&[6 * HOUR], 4 * DAY, &known);
    assert_eq!(stretches(&sources, Table::Days), [(2 * DAY, 4 * DAY)]);
    assert_eq!(stretches(&sources, Table::Hours), [(6 * HOUR, 2 * DAY)]);
}

#[test]
fn of_a_day_in_two_buckets_what_is_not_at_its_noon_is_moved() {
    let berlin = Sources::of_all(&[-2 * HOUR, 22 * HOUR], 46 * HOUR, &summed(0));
    assert_eq!(stretches(&berlin, Table::Days), [(0, DAY)]);
    assert_eq!(moved(&berlin, Table::Hours), [(22 * HOUR, DAY)]);
    assert_eq!(stretches(&berlin, Table::Hours), [(-2 * HOUR, 0), (DAY, 46 * HOUR)]);
    let lagos = Sources::of_all(&[-HOUR, 23 * HOUR], 2 * DAY, &summed(0));
    assert_eq!(moved(&lagos, Table::Hours), [(23 * HOUR, DAY)]);
    let havana = Sources::of_all(&[-20 * HOUR, 2 * HOUR], 2 * DAY, &summed(0));
    assert_eq!(moved(&havana, Table::Hours), [(0, 2 * HOUR)]);
    assert_eq!((moved(&havana, Table::SixHours), back(&havana, Table::Hours)), (vec![], vec![]));
}

#[test]
fn more_hours_are_moved_by_quarters_of_the_day_and_what_those_have_too_much_is_moved_back() {
    let tokyo = Sources::of_all(&[-9 * HOUR, 15 * HOUR], 2 * DAY, &summed(0));
    assert_eq!(moved(&tokyo, Table::SixHours), [(18 * HOUR, DAY)]);
    assert_eq!(
        (moved(&tokyo, Table::Hours), back(&tokyo, Table::Hours)),
        (vec![(15 * HOUR, 18 * HOUR)], vec![])
    );
    let perth = Sources::of_all(&[-8 * HOUR, 16 * HOUR], 2 * DAY, &summed(0));
    assert_eq!(moved(&perth, Table::SixHours), [(18 * HOUR, DAY)]);
    assert_eq!(moved(&perth, Table::Hours), [(16 * HOUR, 18 * HOUR)]);
    let new_york = Sources::of_all(&[-19 * HOUR, 5 * HOUR], 2 * DAY, &summed(0));
    assert_eq!(moved(&new_york, Table::SixHours), [(0, 6 * HOUR)]);
    assert_eq!(
        (moved(&new_york, Table::Hours), back(&new_york, Table::Hours)),
        (vec![], vec![(5 * HOUR, 6 * HOUR)])
    );
}

#[test]
fn of_an_hour_in_two_buckets_the_rows_are_moved_and_what_has_none_counts_where_it_begins() {
    let (kolkata, half) = ([-11 * HOUR / 2, 37 * HOUR / 2], 37 * HOUR / 2);
    let sources = Sources::of_all(&kolkata, 2 * DAY, &summed(-DAY));
    assert_eq!(moved(&sources, Table::SixHours), [(18 * HOUR, DAY)]);
    assert_eq!(
        (back(&sources, Table::Rows), back(&sources, Table::Hours)),
        (vec![(18 * HOUR, half)], vec![])
    );
    let old = Sources::of_all(&kolkata, 2 * DAY, &summed(9 * DAY));
    assert_eq!((back(&old, Table::Rows), old.coarse), (vec![], true));
    assert_eq!(back(&old, Table::Hours), [(18 * HOUR, 19 * HOUR)]);
    let head = Sources::of_all(&[-DAY, 5 * HOUR / 2], 2 * DAY, &summed(9 * DAY));
    assert_eq!((moved(&head, Table::Hours), head.coarse), (vec![(0, 3 * HOUR)], true));
    let caracas = Sources::of_all(&[-DAY, 9 * HOUR / 2], 2 * DAY, &summed(-DAY));
    assert_eq!(moved(&caracas, Table::SixHours), [(0, 6 * HOUR)]);
    assert_eq!(back(&caracas, Table::Rows), [(9 * HOUR / 2, 5 * HOUR)]);
    assert_eq!(back(&caracas, Table::Hours), [(5 * HOUR, 6 * HOUR)]);
}

#[test]
fn of_an_hour_in_two_buckets_with_a_part_no_rows_are_read() {
    let parts = Known { part_days: (-9..9).map(|day| day * DAY).collect(), ..summed(9 * DAY) };
    let half = 37 * HOUR / 2;
    let kolkata = Sources::of_all(&[-11 * HOUR / 2, half], 2 * DAY, &parts);
    assert_eq!(moved(&kolkata, Table::SixHours), [(18 * HOUR, DAY)]);
    assert_eq!(back(&kolkata, Table::Hours), [(18 * HOUR, 19 * HOUR)]);
    assert_eq!(moved(&kolkata, Table::HourParts), [(half, 19 * HOUR)]);
    assert_eq!(stretches(&kolkata, Table::HourParts), [(-11 * HOUR / 2, -5 * HOUR)]);
    let ends = Sources::of_all(&[0], DAY + half, &parts);
    assert_eq!(on(Side::Behind, &ends, Table::HourParts), [(DAY + half, DAY + 19 * HOUR)]);
    let eucla = Sources::of_all(&[-DAY, 61 * HOUR / 4], 2 * DAY, &parts);
    assert_eq!(moved(&eucla, Table::HourParts), [(61 * HOUR / 4, 16 * HOUR)]);
    assert_eq!(moved(&eucla, Table::Hours), [(16 * HOUR, 18 * HOUR)]);
    for sources in [kolkata, ends, eucla] {
        assert!(!sources.coarse && sources.parts.iter().all(|part| part.table != Table::Rows), "{sources:?}");
    }
}

#[test]
fn before_all_calls_there_is_nothing_to_ask() {
    let long_ago = -2_000 * 365 * DAY;
    assert_eq!(Sources::of_all(&[long_ago], long_ago + DAY, &summed(0)).parts, []);
    let sources = Sources::of_all(&[long_ago], DAY, &summed(0));
    assert_eq!(stretches(&sources, Table::Days), [(-DAY, DAY)]);
}

#[test]
fn a_day_in_many_buckets_comes_from_its_hours() {
    let hours: Vec<i64> = (0..48).map(|hour| hour * HOUR).collect();
    let sources = Sources::of_all(&hours, 2 * DAY, &summed(0));
    assert_eq!(sources.parts, [Part::of(Table::Hours, vec![(0, 2 * DAY)])]);
}

#[test]
fn users_come_from_whole_days_and_else_from_the_rows() {
    let sources = Sources::of_users(&[-2 * HOUR], 3 * DAY + HOUR, &known(&[25], -DAY), Users::OfModels);
    assert_eq!(stretches(&sources, Table::UserDays), [(0, DAY), (2 * DAY, 3 * DAY)]);
    let rows = [(-2 * HOUR, 0), (DAY, 2 * DAY), (3 * DAY, 3 * DAY + HOUR)];
    assert_eq!(stretches(&sources, Table::Rows), rows);
}

#[test]
fn rows_of_a_part_of_a_day_are_looked_for_by_themselves() {
    let sources = Sources::of_users(&[-2 * HOUR], 2 * DAY + HOUR, &known(&[1, 25], -DAY), Users::OfModels);
    assert_eq!(stretches(&sources, Table::Rows), [(-2 * HOUR, 0), (0, 2 * DAY), (2 * DAY, 2 * DAY + HOUR)]);
}

#[test]
fn of_a_day_that_two_buckets_share_the_rows_of_one_are_moved() {
    let sources = Sources::of_users(&[0, DAY - HOUR], 2 * DAY, &known(&[], 0), Users::OfFeatures);
    assert_eq!(stretches(&sources, Table::UserDays), [(0, 2 * DAY)]);
    assert_eq!(moved(&sources, Table::Rows), [(DAY - HOUR, DAY)]);
}

#[test]
fn users_over_months_come_from_weeks_and_at_the_edges_from_days() {
    // from a Thursday
    let sources = Sources::of_users(&[0], 30 * DAY, &summed(0), Users::Alone);
    assert_eq!(stretches(&sources, Table::UserTotalWeeks), [(4 * DAY, 25 * DAY)]);
    assert_eq!(stretches(&sources, Table::UserTotalDays), [(0, 4 * DAY), (25 * DAY, 30 * DAY)]);
    let features = Sources::of_users(&[0], 30 * DAY, &summed(0), Users::OfFeatures);
    assert_eq!(stretches(&features, Table::UserWeeks), [(4 * DAY, 25 * DAY)]);
    assert_eq!(stretches(&features, Table::UserDays), [(0, 4 * DAY), (25 * DAY, 30 * DAY)]);
    let models = Sources::of_users(&[0], 30 * DAY, &summed(0), Users::OfModels);
    assert_eq!(stretches(&models, Table::UserDays), [(0, 30 * DAY)]);
}

#[test]
fn a_week_with_a_bucket_inside_or_a_day_that_is_not_summed_comes_from_its_days() {
    let known = Known { unsummed_days: [5 * DAY].into(), ..summed(0) };
    let sources = Sources::of_users(&[0, 12 * DAY], 25 * DAY, &known, Users::Alone);
    assert_eq!(stretches(&sources, Table::UserTotalWeeks), [(18 * DAY, 25 * DAY)]);
    assert_eq!(stretches(&sources, Table::UserDays), [(5 * DAY, 6 * DAY)]);
    assert_eq!(stretches(&sources, Table::UserTotalDays), [(0, 5 * DAY), (6 * DAY, 18 * DAY)]);
}

#[test]
fn a_day_of_users_whose_rows_are_gone_counts_where_its_noon_is() {
    let new_york = |day: i64| (day * DAY + 5 * HOUR, day * DAY + 29 * HOUR);
    for day in 0..3 {
        let (from, until) = new_york(day);
        let sources = Sources::of_users(&[from], until, &known(&[], 9 * DAY), Users::OfModels);
        assert_eq!(
            (stretches(&sources, Table::UserDays), sources.coarse),
            (vec![(day * DAY, (day + 1) * DAY)], true)
        );
    }
}

#[test]
fn what_only_rows_tell_apart_is_left_out_where_they_are_gone() {
    let sources = Sources::of_users(&[0], 3 * DAY, &known(&[], 2 * DAY), Users::OfRows);
    assert!(stretches(&sources, Table::UserDays).is_empty());
    assert_eq!((stretches(&sources, Table::Rows), sources.coarse), (vec![(2 * DAY, 3 * DAY)], true));
}

#[test]
fn who_does_not_see_all_namespaces_is_told_nothing_of_all_of_them() {
    let known = Known { sees_totals: false, ..summed(0) };
    let sources = Sources::of_users(&[0], 30 * DAY, &known, Users::Alone);
    assert_eq!(stretches(&sources, Table::UserWeeks), [(4 * DAY, 25 * DAY)]);
    assert!(stretches(&sources, Table::UserTotalDays).is_empty());
}

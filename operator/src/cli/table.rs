//! Rows as columns of text.

use crate::plain::plain;

/// Headings and rows, each column as wide as its widest cell, with so many spaces between them; from the column `numbers` on, cells end together.
pub(crate) fn text(headings: &[&str], rows: &[Vec<String>], numbers: usize, gap: usize) -> String {
    let headings: Vec<String> = headings.iter().map(|&heading| heading.to_owned()).collect();
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| plain(cell).into_owned()).collect()).collect();
    let all = || std::iter::once(&headings).chain(&rows);
    let width = |at: usize| all().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..headings.len()).filter_map(width).collect();
    let mut text = String::new();
    for row in all() {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, &width))| {
            if at < numbers { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        text.push_str(cells.collect::<Vec<_>>().join(&" ".repeat(gap)).trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_begin_together_and_numbers_end_together() {
        let rows = [["chat", "12.5"], ["images", "7"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(
            super::text(&["FEATURE", "USD"], &rows, 1, 3),
            "FEATURE    USD\nchat      12.5\nimages       7\n"
        );
    }

    #[test]
    fn a_name_is_no_line_of_its_own() {
        let rows = [["a\nb", "1"], ["\u{202e}c", "2"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(
            super::text(&["USER", "USD"], &rows, 1, 3),
            "USER        USD\na\\nb          1\n\\u{202e}c     2\n"
        );
    }
}

//! The terminal: named steps, plain lines, one table that grows. Without a terminal the table is printed once.

use std::{
    cell::Cell,
    io::{IsTerminal, Write},
    time::Duration,
};

pub struct Screen {
    terminal: bool,
}

/// Lines that replace the ones before them.
pub struct Table<'a> {
    screen: &'a Screen,
    lines: Vec<String>,
    drawn: Cell<usize>,
}

const BOLD: &str = "\x1b[1m";
const GREEN: &str = "\x1b[32m";
const PLAIN: &str = "\x1b[0m";

// === impl Screen ===

impl Screen {
    /// Standard output.
    pub fn on_stdout() -> Screen {
        Screen { terminal: std::io::stdout().is_terminal() }
    }

    pub fn title(&self, text: &str) {
        self.print(&format!("\n{}\n", self.styled(BOLD, text)));
    }

    /// A step by its name, and what there is to say of it.
    pub fn step(&self, name: &str, text: &str) {
        self.print(&format!("{} {text}", self.styled(GREEN, &format!("{name:<10}"))));
    }

    /// What belongs to the step before.
    pub fn line(&self, text: &str) {
        self.print(&format!("{:11}{text}", ""));
    }

    pub fn table(&self) -> Table<'_> {
        Table { screen: self, lines: Vec::new(), drawn: Cell::new(0) }
    }

    fn styled(&self, style: &str, text: &str) -> String {
        if self.terminal { format!("{style}{text}{PLAIN}") } else { text.to_owned() }
    }

    fn print(&self, text: &str) {
        let mut stdout = std::io::stdout().lock();
        // who closes the terminal does not want to read it
        let _ = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    }
}

// === impl Table ===

impl Table<'_> {
    pub fn show(&mut self, lines: &[String]) {
        if self.lines == lines {
            return;
        }
        self.lines = lines.to_vec();
        if self.screen.terminal {
            self.draw();
        }
    }

    /// The last state stays.
    pub fn keep(self) {
        if !self.screen.terminal {
            self.draw();
        }
    }

    fn draw(&self) {
        let up = match self.drawn.get() {
            0 => String::new(),
            lines => format!("\x1b[{lines}A"),
        };
        let clear = if self.screen.terminal { "\x1b[K" } else { "" };
        let lines: Vec<_> = self.lines.iter().map(|line| format!("{:11}{line}{clear}", "")).collect();
        self.screen.print(&format!("{up}{}", lines.join("\n")));
        self.drawn.set(lines.len());
    }
}

/// `1.4`.
pub fn seconds(time: Duration) -> String {
    format!("{}.{}", time.as_secs(), time.subsec_millis() / 100)
}

//! A small page at the door: it has nothing of a viewer's, and moves by itself in nothing.

use maud::{DOCTYPE, Markup, html};

/// In the page itself: no browser asks for it.
pub(super) const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http%3A//www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%234353c5'/%3E%3Cpath d='M3 5h10M8 5v7' stroke='white' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E";

pub(super) fn leaf(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Tollgate" }
                link rel="icon" href=(ICON);
                link rel="stylesheet" href="/sign-in.css";
            }
            body { main { (content) } }
        }
    }
}

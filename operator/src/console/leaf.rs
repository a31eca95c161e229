//! A small page at the door: it has nothing of a viewer's, and moves by itself in nothing.

use maud::{DOCTYPE, Markup, html};

pub(super) fn leaf(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Tollgate" }
                link rel="stylesheet" href="/sign-in.css";
            }
            body { main { (content) } }
        }
    }
}

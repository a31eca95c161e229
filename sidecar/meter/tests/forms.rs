//! What requests say that come as forms (`multipart/form-data`): edits of pictures, transcriptions, films.

use proptest::prelude::*;
use tollgate_meter::{Dialect, RequestFacts, RequestReader};

/// A part of a form: its name, its file's name, its value.
type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

const BOUNDARY: &str = "---------------------------8f2e1c";

/// A form as browsers, curl and the SDKs write it.
fn form(boundary: &str, parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, value) in parts {
        let file = file.map_or(String::new(), |file| {
            format!("; filename=\"{file}\"\r\nContent-Type: application/octet-stream")
        });
        body.extend(
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
        );
        body.extend(*value);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{boundary}--\r\n").bytes());
    body
}

fn reader(dialect: Dialect, body: &[u8]) -> RequestReader {
    let mut reader = RequestReader::new(Some(dialect));
    reader.feed(body);
    reader
}

fn facts(dialect: Dialect, parts: &[Part<'_>]) -> RequestFacts {
    reader(dialect, &form(BOUNDARY, parts)).facts().clone()
}

/// An edit of a picture with all that matters, the picture before it.
fn edit() -> Vec<u8> {
    let picture = b"\x89PNG\r\n\x1a\n\r\n-----------------------------8f2e1b\r\n\r--".repeat(50);
    form(
        BOUNDARY,
        &[
            ("image[]", Some("in.png"), &picture),
            ("model", None, b"gpt-image-1.5"),
            ("prompt", None, "a cat\r\n\u{1f431}".as_bytes()),
            ("n", None, b"3"),
            ("size", None, b"1024x1536"),
            ("quality", None, b"high"),
            ("stream", None, b"true"),
            ("user", None, b"u-1"),
        ],
    )
}

#[test]
fn a_form_says_what_an_object_of_the_same_members_says() {
    let reader = reader(Dialect::OpenAiImages, &edit());
    let facts = reader.facts();
    assert_eq!((facts.model.as_deref(), facts.user.as_deref()), (Some("gpt-image-1.5"), Some("u-1")));
    assert_eq!(
        (facts.asked.size.as_deref(), facts.asked.quality.as_deref()),
        (Some("1024x1536"), Some("high"))
    );
    assert_eq!((facts.asked.pieces, facts.stream, facts.bytes), (Some(3), true, edit().len() as u64));
    assert_eq!((facts.prompt.ascii, facts.prompt.four, facts.prompt.media), (7, 1, 1));
    assert!(reader.is_settled() && !reader.is_unreadable());
}

#[test]
fn a_form_in_pieces_of_any_size_says_what_the_whole_says() {
    let (body, whole) = (edit(), reader(Dialect::OpenAiImages, &edit()).facts().clone());
    for size in 1..200 {
        let mut reader = RequestReader::new(Some(Dialect::OpenAiImages));
        body.chunks(size).for_each(|piece| reader.feed(piece));
        assert_eq!(*reader.facts(), whole, "in pieces of {size}");
    }
}

#[test]
fn a_form_is_settled_by_its_last_delimiter_alone() {
    let body = edit();
    let end = body.len() - b"\r\n".len();
    let mut reader = RequestReader::new(Some(Dialect::OpenAiImages));
    for (at, byte) in body[..end].iter().enumerate() {
        assert!(!reader.is_settled(), "at {at}");
        reader.feed(&[*byte]);
    }
    assert!(reader.is_settled());
}

#[test]
fn the_model_is_known_as_soon_as_its_part_has_ended() {
    let body = edit();
    let model = body.windows(13).position(|window| window == b"gpt-image-1.5").unwrap() + 13;
    let after = model + b"\r\n--".len() + BOUNDARY.len();
    assert_eq!(reader(Dialect::OpenAiImages, &body[..after - 1]).facts().model, None);
    assert_eq!(reader(Dialect::OpenAiImages, &body[..after]).facts().model.as_deref(), Some("gpt-image-1.5"));
}

#[test]
fn a_file_is_never_text_and_never_a_name_of_ours() {
    let facts = facts(
        Dialect::OpenAiTranscriptions,
        &[
            ("model", Some("model"), b"a-file"),
            ("prompt", Some("p.txt"), b"words"),
            ("file", Some("a.mp3"), b"\0\0"),
        ],
    );
    assert_eq!((facts.model, facts.prompt.ascii, facts.prompt.media), (None, 0, 3));
}

#[test]
fn header_lines_are_read_however_they_are_spelled() {
    for head in [
        "content-disposition: form-data; name=model",
        "CONTENT-DISPOSITION:form-data;name=\"model\"",
        "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=\"model\"\r\nContent-Length: 9",
    ] {
        let body = format!("--b\r\n{head}\r\n\r\nwhisper-1\r\n--b--");
        let reader = reader(Dialect::OpenAiTranscriptions, body.as_bytes());
        assert_eq!(reader.facts().model.as_deref(), Some("whisper-1"), "{head}");
    }
}

#[test]
fn values_that_nobody_keeps_count_as_not_given() {
    let long = "x".repeat(100_000);
    for model in [long.as_str(), "", "a\nb"] {
        assert_eq!(facts(Dialect::OpenAiImages, &[("model", None, model.as_bytes())]).model, None);
    }
    assert_eq!(facts(Dialect::OpenAiImages, &[("n", None, b"many")]).asked.pieces, None);
    assert!(!facts(Dialect::OpenAiImages, &[("stream", None, b"false")]).stream);
}

#[test]
fn what_is_no_form_is_unreadable() {
    let endless = format!("--{}", "b".repeat(300));
    for body in ["-1", "--b\n\n", "---", "--b\r\n\r\nvalue\r\n--bx\r\n"]
        .map(str::to_owned)
        .into_iter()
        .chain([endless])
    {
        let reader = reader(Dialect::OpenAiImages, body.as_bytes());
        assert!(reader.is_unreadable() || !reader.is_settled(), "{body}");
        assert_eq!(
            *reader.facts(),
            RequestFacts { bytes: body.len() as u64, ..RequestFacts::default() },
            "{body}"
        );
    }
}

#[test]
fn a_form_is_never_edited() {
    let parts: &[Part<'_>] = &[("model", None, b"gpt-5"), ("stream", None, b"true")];
    assert_eq!(reader(Dialect::OpenAiChat, &form(BOUNDARY, parts)).usage_splice(), None);
}

proptest! {
    #[test]
    fn any_value_comes_back_as_it_was_sent(
        file in prop::collection::vec(prop::sample::select(&b"\r\n-b x"[..]), 0..80),
        user in "[ -~]{1,40}",
        sizes in prop::collection::vec(1..20usize, 1..4),
    ) {
        let delimiter = b"\r\n--bxb";
        prop_assume!(!file.windows(delimiter.len()).any(|window| window == delimiter));
        let body = form("bxb", &[("file", Some("f"), &file), ("user", None, user.as_bytes()), ("model", None, b"m")]);
        let mut reader = RequestReader::new(Some(Dialect::OpenAiImages));
        let mut rest = body.as_slice();
        for size in sizes.iter().cycle() {
            let (piece, after) = rest.split_at((*size).min(rest.len()));
            reader.feed(piece);
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(reader.facts().user.as_deref(), Some(user.as_str()));
        prop_assert_eq!(reader.facts().model.as_deref(), Some("m"));
        prop_assert!(reader.is_settled());
    }

    #[test]
    fn bytes_of_any_kind_never_panic(bytes in prop::collection::vec(prop::sample::select(&b"-\r\nb:=;\"namefilmod "[..]), 0..300)) {
        let body = [b"--b\r\ncontent-disposition: x; name=".as_slice(), &bytes].concat();
        for dialect in [Dialect::OpenAiImages, Dialect::OpenAiVideos, Dialect::OpenAiTranscriptions] {
            reader(dialect, &body);
        }
    }
}

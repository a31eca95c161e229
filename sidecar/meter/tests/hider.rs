//! What the app sees of a stream whose usage we asked for: exactly what it would have seen unasked.

mod common;

use common::*;
use proptest::prelude::*;
use tollgate_meter::{AnswerFacts, Coding, Dialect, UsageHider};

/// What is handed on for a stream that comes in `pieces`, and what the reader learned from it.
fn hide<'a>(coding: Coding, pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<u8>, AnswerFacts) {
    let mut reader = reader(Dialect::OpenAiChat, SSE, coding);
    let (mut hider, mut out) = (UsageHider::new(coding), Vec::new());
    for piece in pieces {
        hider.feed(piece, &mut reader, &mut out);
    }
    hider.finish(&mut reader, &mut out);
    (out, reader.facts().clone())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Streams as asked, and as they would have been unasked.
fn streams() -> Vec<(String, String)> {
    let mut streams = Vec::new();
    for line_end in ["\n", "\r\n", "\r"] {
        let (asked, unasked) = (chat_stream_asked(line_end, &chat_usage()), chat_stream_unasked(line_end));
        let comment = format!(": \"usage\":null{line_end}{line_end}");
        streams.push((format!("\u{feff}{asked}"), format!("\u{feff}{unasked}")));
        streams.push((format!("{comment}{asked}{comment}"), format!("{comment}{unasked}{comment}")));
        let (asked_fields, unasked_fields) =
            (asked.replace("data: ", "event: m\ndata:"), unasked.replace("data: ", "event: m\ndata:"));
        streams.push((asked_fields, unasked_fields));
        streams.push((asked, unasked));
    }
    streams
}

#[test]
fn the_usage_is_taken_out_and_read() {
    for (asked, unasked) in streams() {
        let (out, facts) = hide(Coding::Identity, std::iter::once(asked.as_bytes()));
        assert_eq!(text(&out), unasked);
        assert_eq!(facts, read(Dialect::OpenAiChat, SSE, asked.as_bytes()));
        assert!(facts.usage.is_some());
    }
}

#[test]
fn a_stream_that_says_no_usage_keeps_every_byte() {
    for (_, unasked) in streams() {
        for size in [1, 3, 50, usize::MAX] {
            let cut = pieces(unasked.as_bytes(), &[size]);
            assert_eq!(text(&hide(Coding::Identity, cut.into_iter()).0), unasked);
        }
    }
}

#[test]
fn coded_streams_stay_coded_as_they_were() {
    for (asked, unasked) in streams() {
        for coding in CODINGS {
            let wire = pack(coding, asked.as_bytes());
            for size in [1, 7, usize::MAX] {
                let cut = pieces(&wire, &[size]);
                let (out, facts) = hide(coding, cut.into_iter());
                assert_eq!(text(&unpack(coding, &out)), unasked, "{coding:?} in pieces of {size}");
                assert!(facts.usage.is_some());
            }
        }
    }
}

#[test]
fn each_event_is_handed_on_with_its_blank_line() {
    for line_end in ["\n", "\r\n"] {
        let (asked, unasked) = (chat_stream_asked(line_end, &chat_usage()), chat_stream_unasked(line_end));
        let blank = format!("{line_end}{line_end}");
        let mut reader = reader(Dialect::OpenAiChat, SSE, Coding::Identity);
        let (mut hider, mut out, mut wanted) =
            (UsageHider::new(Coding::Identity), Vec::new(), unasked.split_inclusive(&blank));
        let mut expected = String::new();
        for event in asked.split_inclusive(&blank) {
            hider.feed(event.as_bytes(), &mut reader, &mut out);
            if !event.contains("\"choices\":[],") {
                expected += wanted.next().unwrap();
            }
            assert_eq!(text(&out), expected);
        }
    }
}

#[test]
fn coded_events_can_be_read_as_soon_as_they_are_handed_on() {
    use std::io::Read;
    let asked = chat_stream_asked("\n", &chat_usage());
    for coding in [Coding::Gzip, Coding::Zstd, Coding::Brotli] {
        let wire = pack(coding, asked.as_bytes());
        let mut reader = reader(Dialect::OpenAiChat, SSE, coding);
        let (mut hider, mut out) = (UsageHider::new(coding), Vec::new());
        hider.feed(&wire, &mut reader, &mut out);
        assert!(reader.is_complete(), "{coding:?}");
        // not finished: what is here so far must be readable all the same
        let mut plain = vec![0; chat_stream_unasked("\n").len()];
        match coding {
            Coding::Gzip => flate2::read::GzDecoder::new(out.as_slice()).read_exact(&mut plain).unwrap(),
            Coding::Zstd => zstd::Decoder::new(out.as_slice()).unwrap().read_exact(&mut plain).unwrap(),
            _ => brotli::Decompressor::new(out.as_slice(), 4096).read_exact(&mut plain).unwrap(),
        }
        assert_eq!(text(&plain), chat_stream_unasked("\n"), "{coding:?}");
    }
}

#[test]
fn a_usage_beside_choices_loses_only_its_member() {
    let usage = chat_usage();
    let cases = [
        (
            format!("data: {{\"choices\":[{{\"a\":1}}],\"usage\":{usage}}}\n\n"),
            "data: {\"choices\":[{\"a\":1}]}\n\n",
        ),
        (format!("data: {{\"usage\": {usage} , \"choices\": [{{}}]}}\n\n"), "data: {\"choices\": [{}]}\n\n"),
        (
            format!("data: {{\"a\": 1, \"usage\": {usage}, \"choices\": [1]}}\n\n"),
            "data: {\"a\": 1, \"choices\": [1]}\n\n",
        ),
        ("data: {\"usage\":null}\n\n".into(), "data: {}\n\n"),
        ("data: {\"choices\":[],\"usage\":null}\n\n".into(), "data: {\"choices\":[]}\n\n"),
        ("data: {\"choices\": [ ], \"usage\": {}}\n\n".into(), ""),
        (
            "data: {\"a\":\"usage\",\"b\":{\"usage\":null}}\n\n".into(),
            "data: {\"a\":\"usage\",\"b\":{\"usage\":null}}\n\n",
        ),
    ];
    for (asked, expected) in cases {
        assert_eq!(text(&hide(Coding::Identity, std::iter::once(asked.as_bytes())).0), expected);
    }
}

#[test]
fn data_on_several_lines_is_edited_too() {
    let asked = "data: {\"choices\":[{}],\ndata: \"usage\":\ndata: null}\n\n";
    let out = hide(Coding::Identity, std::iter::once(asked.as_bytes())).0;
    assert_eq!(text(&out), "data: {\"choices\":[{}]\ndata: \ndata: }\n\n");
    let last =
        "data: {\"choices\":[],\ndata: \"usage\":{\"prompt_tokens\":1,\ndata: \"completion_tokens\":1}}\n\n";
    let (out, facts) = hide(Coding::Identity, std::iter::once(last.as_bytes()));
    assert_eq!((text(&out).as_str(), facts.usage.is_some()), ("", true));
}

#[test]
fn what_is_no_chunk_is_left_alone() {
    for event in [
        "data: {\"usage\":\n\n",
        "data: {\"usage\" null}\n\n",
        "data: [\"usage\"]\n\n",
        "data: \"usage\"\n\n",
        "data: {\"usage\":null,}\n\n",
        "data: {\"a\":[{\"usage\"\n\n",
        "data: {\"choices\":[],\"usage\":}\n\n",
        "event: \"usage\"\n\n",
    ] {
        assert_eq!(text(&hide(Coding::Identity, std::iter::once(event.as_bytes())).0), event);
    }
}

#[test]
fn an_event_that_is_never_ended_is_handed_on_as_it_is() {
    let partial = "data: {\"choices\":[],\"usage\":null}\n";
    for coding in CODINGS {
        let out = hide(coding, std::iter::once(pack(coding, partial.as_bytes()).as_slice())).0;
        assert_eq!(text(&unpack(coding, &out)), partial);
    }
}

#[test]
fn an_event_too_large_to_be_held_passes_as_it_is() {
    let large = format!("data: {{\"x\":\"{}\",\"usage\":null}}\n\n", "x".repeat(1 << 20));
    let small = "data: {\"choices\":[1],\"usage\":null}\n\n";
    let stream = format!("{large}{small}");
    let out = hide(Coding::Identity, pieces(stream.as_bytes(), &[60_000]).into_iter()).0;
    assert_eq!(text(&out), format!("{large}data: {{\"choices\":[1]}}\n\n"));
}

#[test]
fn a_stream_that_is_not_coded_as_it_says_passes_as_it_is() {
    let asked = chat_stream_asked("\n", &chat_usage());
    for coding in [Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd, Coding::Unknown] {
        for size in [1, 100] {
            let out = hide(coding, pieces(asked.as_bytes(), &[size]).into_iter()).0;
            assert_eq!(text(&out), asked, "{coding:?} in pieces of {size}");
        }
    }
}

#[test]
fn what_follows_a_coded_stream_and_is_none_follows_it_still() {
    let (asked, unasked) = (chat_stream_asked("\n", &chat_usage()), chat_stream_unasked("\n"));
    let packed = [Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd];
    for (coding, junk) in
        packed.into_iter().flat_map(|coding| [(coding, &b"\0\0\0\0"[..]), (coding, b"junk")])
    {
        let wire = [pack(coding, asked.as_bytes()), junk.to_vec()].concat();
        for size in [1, 7, usize::MAX] {
            let (out, facts) = hide(coding, pieces(&wire, &[size]).into_iter());
            let stream = out.strip_suffix(junk).expect("the junk at the end");
            assert_eq!(text(&unpack(coding, stream)), unasked, "{coding:?} in pieces of {size}");
            assert!(
                facts.usage.is_some() && facts.fault.is_none(),
                "{coding:?} in pieces of {size}: {facts:?}"
            );
        }
    }
}

#[test]
fn an_empty_body_stays_empty() {
    for coding in CODINGS {
        assert_eq!(hide(coding, std::iter::empty()).0, b"");
    }
}

proptest! {
    #[test]
    fn any_pieces_give_the_same_stream(
        which in 0..12usize,
        coding in prop::sample::select(&CODINGS[..]),
        sizes in prop::collection::vec(1..200usize, 1..20),
    ) {
        let (asked, unasked) = streams().swap_remove(which);
        let wire = pack(coding, asked.as_bytes());
        let (out, facts) = hide(coding, pieces(&wire, &sizes).into_iter());
        prop_assert_eq!(text(&unpack(coding, &out)), unasked);
        prop_assert_eq!(facts, read(Dialect::OpenAiChat, SSE, asked.as_bytes()));
    }

    #[test]
    fn bytes_of_any_kind_never_panic_and_none_is_added(
        bytes in prop::collection::vec(prop::sample::select(&b"data:{}[]\",usge\\ \r\n\xEF\xBB\xBF1nul"[..]), 0..300),
        sizes in prop::collection::vec(1..20usize, 1..5),
    ) {
        let out = hide(Coding::Identity, pieces(&bytes, &sizes).into_iter()).0;
        prop_assert!(out.len() <= bytes.len());
        prop_assert_eq!(&out, &hide(Coding::Identity, std::iter::once(bytes.as_slice())).0);
    }
}

#[test]
fn deflate_without_its_frame_is_edited_too() {
    use std::io::{Read, Write};
    for (asked, unasked) in streams() {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(asked.as_bytes()).unwrap();
        let wire = encoder.finish().unwrap();
        for size in [1, 7, wire.len()] {
            let (out, facts) = hide(Coding::Deflate, wire.chunks(size));
            let mut plain = String::new();
            flate2::read::DeflateDecoder::new(&*out).read_to_string(&mut plain).unwrap();
            assert_eq!(plain, unasked);
            assert!(facts.usage.is_some());
        }
    }
}

//! The session's cookie. Browsers keep about 4 kB of one, and tokens can be longer: it is cut into as many as it takes.

use std::fmt::Write;

use axum::http::{HeaderMap, HeaderValue, header};

/// The name of the first; more have a number behind it. `__Host-`: of this host and path alone, and over TLS.
pub(super) const SESSION: &str = "__Host-tollgate";
/// What is remembered between going to the issuer and coming back.
pub(super) const ISSUER: &str = "__Host-tollgate-issuer";
/// Name, value and attributes together stay below 4,096 bytes.
const PIECE: usize = 3_800;
/// 8 pieces are 30 kB: more than servers take as headers.
const MOST: usize = 8;

/// Reads a value back, whole.
pub(super) fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let first = find(headers, name)?;
    let (count, first) = first.split_once('.')?;
    let count: usize = count.parse().ok().filter(|count| (1..=MOST).contains(count))?;
    let mut value = first.to_owned();
    for piece in 1..count {
        value += find(headers, &format!("{name}-{piece}"))?;
    }
    Some(value)
}

/// Sets it; None: it is too long for cookies.
pub(super) fn write(headers: &mut HeaderMap, name: &str, value: &str, lives: u64) -> Option<()> {
    let pieces: Vec<&str> = split(value);
    if pieces.len() > MOST {
        return None;
    }
    for (number, piece) in pieces.iter().enumerate() {
        let piece = match number {
            0 => format!("{}.{piece}", pieces.len()),
            _ => (*piece).to_owned(),
        };
        set(headers, &numbered(name, number), &piece, lives);
    }
    Some(())
}

/// Takes away whatever of it the browser has.
pub(super) fn clear(request: &HeaderMap, headers: &mut HeaderMap, name: &str) {
    for number in 0..MOST {
        let name = numbered(name, number);
        if number == 0 || find(request, &name).is_some() {
            set(headers, &name, "", 0);
        }
    }
}

fn set(headers: &mut HeaderMap, name: &str, value: &str, lives: u64) {
    let mut cookie = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax");
    let _infallible = write!(cookie, "; Max-Age={lives}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}

fn numbered(name: &str, number: usize) -> String {
    if number == 0 { name.to_owned() } else { format!("{name}-{number}") }
}

fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

/// The value is base64: any byte is a place to cut.
fn split(value: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = value;
    while rest.len() > PIECE {
        let (piece, after) = rest.split_at(PIECE);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent_back(set: &HeaderMap) -> HeaderMap {
        let cookies: Vec<&str> = set
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|value| value.to_str().unwrap().split(';').next().unwrap())
            .collect();
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&cookies.join("; ")).unwrap())])
    }

    #[test]
    fn a_long_value_comes_back_whole() {
        for length in [0, 1, PIECE, PIECE + 1, 3 * PIECE] {
            let value = "x".repeat(length);
            let mut set = HeaderMap::new();
            write(&mut set, SESSION, &value, 60).unwrap();
            assert!(set.get_all(header::SET_COOKIE).iter().all(|cookie| cookie.len() < 4_096));
            assert_eq!(read(&sent_back(&set), SESSION), Some(value));
        }
        assert_eq!(write(&mut HeaderMap::new(), SESSION, &"x".repeat(MOST * PIECE + 1), 60), None);
    }

    #[test]
    fn a_piece_that_is_missing_leaves_nothing() {
        let mut set = HeaderMap::new();
        write(&mut set, SESSION, &"x".repeat(2 * PIECE), 60).unwrap();
        let mut back = sent_back(&set);
        let first = back[header::COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        back.insert(header::COOKIE, HeaderValue::from_str(&first).unwrap());
        assert_eq!(read(&back, SESSION), None);
    }

    #[test]
    fn scripts_and_other_sites_do_not_get_it() {
        let mut set = HeaderMap::new();
        write(&mut set, SESSION, "x", 60).unwrap();
        assert_eq!(
            set[header::SET_COOKIE],
            "__Host-tollgate=1.x; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60"
        );
    }
}

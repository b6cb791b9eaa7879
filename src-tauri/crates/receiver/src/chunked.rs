//! A body in chunks (RFC 9112, 7.1): some tunnels pass requests on so, although Lever states a
//! length. Strict, since what two programs could read in two ways is refused.

use httparse::Status;

use crate::Refusal;
use crate::limits::LONGEST_BODY;

/// The longest line about a chunk, or behind the last one, in bytes.
const LONGEST_LINE: usize = 256;
/// The most bytes on the way, for a body of the longest length. No tunnel sends chunks of a few
/// bytes.
const LONGEST_WAY: usize = 2 * LONGEST_BODY;

/// The body, as far as it has come.
#[derive(Debug, Default)]
pub(crate) struct Chunked {
    body: Vec<u8>,
    came: usize,
    next: Next,
}

/// What has to come next.
#[derive(Debug)]
enum Next {
    /// The rest of the line that states a chunk's length.
    Size(Vec<u8>),
    /// So many bytes of a chunk.
    Data(usize),
    /// The line end behind a chunk.
    DataEnd(Vec<u8>),
    /// The rest of a line behind the last chunk; an empty one ends it.
    Trailer(Vec<u8>),
    /// Nothing.
    End,
}

impl Default for Next {
    fn default() -> Self {
        Self::Size(Vec::new())
    }
}

impl Chunked {
    /// Takes what came. Returns true if the body is complete.
    ///
    /// # Errors
    /// It is longer than we take, it is malformed, or something follows it.
    pub(crate) fn take(&mut self, mut bytes: &[u8]) -> Result<bool, Refusal> {
        self.came += bytes.len();
        if self.came > LONGEST_WAY {
            return Err(Refusal::BodyTooLong);
        }
        while !bytes.is_empty() {
            bytes = self.step(bytes)?;
        }
        Ok(matches!(self.next, Next::End))
    }

    /// The body.
    pub(crate) fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// Takes some of the bytes, and gives those behind them.
    fn step<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8], Refusal> {
        let rest = match &mut self.next {
            Next::Size(line) => {
                let rest = fill(line, bytes)?;
                if ends(line) {
                    self.next = after_size(line, self.body.len())?;
                }
                rest
            }
            Next::Data(left) => {
                let (data, rest) = bytes.split_at(bytes.len().min(*left));
                self.body.extend_from_slice(data);
                *left -= data.len();
                if *left == 0 {
                    self.next = Next::DataEnd(Vec::new());
                }
                rest
            }
            Next::DataEnd(line) => {
                let rest = fill(line, bytes)?;
                if ends(line) {
                    self.next = match line.as_slice() {
                        b"\r\n" => Next::Size(Vec::new()),
                        _ => return Err(Refusal::Malformed),
                    };
                }
                rest
            }
            Next::Trailer(line) => {
                let rest = fill(line, bytes)?;
                if ends(line) {
                    let is_last = line.as_slice() == b"\r\n";
                    self.next = if is_last {
                        Next::End
                    } else {
                        Next::Trailer(Vec::new())
                    };
                }
                rest
            }
            Next::End => return Err(Refusal::Malformed),
        };
        Ok(rest)
    }
}

/// Adds bytes to a line up to its end, and gives those behind it. A CR or LF alone is no line's end.
fn fill<'b>(line: &mut Vec<u8>, bytes: &'b [u8]) -> Result<&'b [u8], Refusal> {
    let taken = bytes.iter().position(|byte| *byte == b'\n');
    let (part, rest) = bytes.split_at(taken.map_or(bytes.len(), |at| at + 1));
    line.extend_from_slice(part);
    if line.len() > LONGEST_LINE {
        return Err(Refusal::Malformed);
    }
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    let is_broken = text.iter().any(|byte| matches!(byte, 0 | b'\r'));
    let ends_badly = line.ends_with(b"\n") && !line.ends_with(b"\r\n");
    if is_broken || ends_badly {
        return Err(Refusal::Malformed);
    }
    Ok(rest)
}

fn ends(line: &[u8]) -> bool {
    line.ends_with(b"\r\n")
}

fn after_size(line: &[u8], before: usize) -> Result<Next, Refusal> {
    // What it would skip in front of a number is no number to others.
    if !line.first().is_some_and(u8::is_ascii_hexdigit) {
        return Err(Refusal::Malformed);
    }
    let Ok(Status::Complete((_, size))) = httparse::parse_chunk_size(line) else {
        return Err(Refusal::Malformed);
    };
    match usize::try_from(size) {
        Ok(0) => Ok(Next::Trailer(Vec::new())),
        Ok(size) if before.saturating_add(size) <= LONGEST_BODY => Ok(Next::Data(size)),
        _ => Err(Refusal::BodyTooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(raw: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
        let mut chunked = Chunked::default();
        let is_complete = chunked.take(raw)?;
        Ok(is_complete.then(|| chunked.into_body()))
    }

    #[test]
    fn a_body_in_chunks_is_put_together_however_it_is_cut() {
        for raw in [
            "2\r\n{}\r\n0\r\n\r\n",
            "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
            "02;name=value\r\n{}\r\n0;last\r\n\r\n",
            "2\r\n{}\r\n000\r\nX-Checksum: 1\r\n\r\n",
        ] {
            let whole = Ok(Some(b"{}".to_vec()));
            assert_eq!(body(raw.as_bytes()), whole, "{raw:?}");
            let mut bytewise = Chunked::default();
            for (at, byte) in raw.bytes().enumerate() {
                let is_complete = bytewise.take(&[byte]).unwrap();
                assert_eq!(is_complete, at + 1 == raw.len(), "{raw:?} {at}");
            }
            assert_eq!(bytewise.into_body(), b"{}");
        }
    }

    #[test]
    fn what_two_programs_could_read_in_two_ways_is_refused() {
        for raw in [
            "2\n{}\n0\n\n",
            "2\r\n{}\n0\r\n\r\n",
            "2\r\n{}0\r\n\r\n",
            "2\r\n{}x\r\n0\r\n\r\n",
            "\r\n{}\r\n0\r\n\r\n",
            "-2\r\n{}\r\n0\r\n\r\n",
            "+2\r\n{}\r\n0\r\n\r\n",
            " 2\r\n{}\r\n0\r\n\r\n",
            "0x2\r\n{}\r\n0\r\n\r\n",
            "2 2\r\n{}\r\n0\r\n\r\n",
            "2;\r\r\n{}\r\n0\r\n\r\n",
            "2;a\nb\r\n{}\r\n0\r\n\r\n",
            "11111111111111111\r\n{}",
            "2\r\n{}\r\n0\r\n\r\nGET / HTTP/1.1\r\n",
        ] {
            assert_eq!(body(raw.as_bytes()), Err(Refusal::Malformed), "{raw:?}");
        }
    }

    #[test]
    fn a_body_in_chunks_has_the_same_limits() {
        let longest = format!(
            "{LONGEST_BODY:x}\r\n{}\r\n0\r\n\r\n",
            "a".repeat(LONGEST_BODY)
        );
        assert!(body(longest.as_bytes()).unwrap().is_some());
        for raw in [
            format!("{:x}\r\n", LONGEST_BODY + 1),
            format!("1\r\na\r\n{LONGEST_BODY:x}\r\n"),
            "ffffffffffffffff\r\n".to_owned(),
            "1\r\na\r\n".repeat(LONGEST_BODY),
            format!("0\r\n{}", "X: y\r\n".repeat(LONGEST_BODY)),
        ] {
            assert_eq!(body(raw.as_bytes()), Err(Refusal::BodyTooLong));
        }
        let long_line = format!("2;{}", "a".repeat(LONGEST_LINE));
        assert_eq!(body(long_line.as_bytes()), Err(Refusal::Malformed));
    }
}

/// The picture on the screen, as Xvfb keeps it in a file (XWD: a head, then rows of pixels).
#[derive(Debug)]
pub(crate) struct Picture {
    bytes: Vec<u8>,
    head: usize,
    row: usize,
}

impl Picture {
    /// From the whole file; `None`: it has another shape.
    pub(crate) fn of(bytes: Vec<u8>) -> Option<Self> {
        // Big-endian words: the size of the head at 0, colours at 76, bytes of a row at 48.
        let word = |at: usize| {
            let word = bytes.get(at..at + 4)?;
            Some(u32::from_be_bytes(word.try_into().ok()?) as usize)
        };
        const BYTES_OF_A_COLOUR: usize = 12;
        let head = word(0)? + word(76)? * BYTES_OF_A_COLOUR;
        let row = word(48)?;
        (row > 0 && head < bytes.len()).then_some(Self { bytes, head, row })
    }

    /// The lowest row that differs.
    pub(crate) fn last_row_unlike(&self, other: &Self) -> Option<usize> {
        let rows = |picture: &Self| {
            let pixels = picture.bytes.get(picture.head..).unwrap_or_default();
            pixels
                .chunks(picture.row)
                .map(<[u8]>::to_vec)
                .collect::<Vec<_>>()
        };
        if self.bytes == other.bytes {
            return None;
        }
        let (own, others) = (rows(self), rows(other));
        let pairs = own.iter().zip(&others).enumerate();
        pairs
            .filter(|(_, (own, other))| own != other)
            .map(|(row, _)| row)
            .max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(pixels: &[u8]) -> Picture {
        let mut bytes = vec![0; 100];
        bytes[3] = 100;
        bytes[51] = 2;
        bytes.extend(pixels);
        Picture::of(bytes).unwrap()
    }

    #[test]
    fn the_lowest_row_that_changed_is_found() {
        let before = picture(&[0, 0, 0, 0, 0, 0]);
        assert_eq!(
            picture(&[0, 1, 0, 1, 0, 0]).last_row_unlike(&before),
            Some(1)
        );
        assert_eq!(picture(&[0, 0, 0, 0, 0, 0]).last_row_unlike(&before), None);
        assert!(Picture::of(vec![0; 20]).is_none());
    }
}

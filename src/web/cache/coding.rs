//! In which form bytes go out: as they are, or compressed in a way that the reader's browser says it reads.

use std::io::Write;

use actix_web::HttpRequest;
use actix_web::http::header::{AcceptEncoding, ContentEncoding, Encoding, Header};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// How hard brotli tries on a page that a reader waits for; 11 is for what is compressed once, when the program is built.
const BROTLI_QUALITY: i32 = 4;

/// A form of the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As they are.
    Plain,
    /// Under gzip.
    Gzip,
    /// Under brotli.
    Brotli,
}

impl Coding {
    /// The smallest form that a browser says it reads.
    pub fn of(request: &HttpRequest) -> Self {
        let reads = AcceptEncoding::parse(request).ok();
        let forms = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
        match reads.and_then(|reads| reads.negotiate(forms.iter())) {
            Some(form) if form == Encoding::brotli() => Self::Brotli,
            Some(form) if form == Encoding::gzip() => Self::Gzip,
            _ => Self::Plain,
        }
    }

    /// What the answer says of it. Said in every case, so that nothing compresses it again.
    pub const fn header(self) -> ContentEncoding {
        match self {
            Self::Plain => ContentEncoding::Identity,
            Self::Gzip => ContentEncoding::Gzip,
            Self::Brotli => ContentEncoding::Brotli,
        }
    }

    /// What the tag of this form ends with: other bytes have another tag.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Gzip => "-gz",
            Self::Brotli => "-br",
        }
    }

    /// The bytes in this form.
    ///
    /// # Errors
    /// Never in practice: nothing is written but memory.
    pub fn pack(self, plain: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut packed = Vec::with_capacity(plain.len() / 3);
        match self {
            Self::Plain => packed.extend_from_slice(plain),
            Self::Gzip => {
                let mut gzip = GzEncoder::new(&mut packed, Compression::default());
                gzip.write_all(plain)?;
                gzip.finish()?;
            }
            Self::Brotli => {
                let how = BrotliEncoderParams { quality: BROTLI_QUALITY, ..BrotliEncoderParams::default() };
                brotli::BrotliCompress(&mut &plain[..], &mut packed, &how)?;
            }
        }
        packed.shrink_to_fit();
        Ok(packed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use std::io::Read;

    #[test]
    fn the_smallest_form_that_the_browser_reads() {
        let of =
            |said: &str| Coding::of(&TestRequest::default().insert_header(("accept-encoding", said)).to_http_request());
        assert_eq!(of("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(of("gzip, deflate"), Coding::Gzip);
        assert_eq!(of("br;q=0.1, gzip"), Coding::Gzip);
        assert_eq!(of("br;q=0, gzip;q=0"), Coding::Plain);
        assert_eq!(of("deflate"), Coding::Plain);
        assert_eq!(of("identity"), Coding::Plain);
        assert_eq!(Coding::of(&TestRequest::default().to_http_request()), Coding::Plain);
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let plain = "No answer recorded here. ".repeat(400).into_bytes();
        assert_eq!(Coding::Plain.pack(&plain).unwrap(), plain);
        let (gzip, brotli) = (Coding::Gzip.pack(&plain).unwrap(), Coding::Brotli.pack(&plain).unwrap());
        assert!(gzip.len() < plain.len() / 10 && brotli.len() < plain.len() / 10);
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&gzip[..]).read_to_end(&mut read).unwrap();
        assert_eq!(read, plain);
        read.clear();
        brotli::BrotliDecompress(&mut &brotli[..], &mut read).unwrap();
        assert_eq!(read, plain);
    }
}

//! Why a file is not taken.

/// Why a file is not taken; the sentence is meant for the person who sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// Nothing in it.
    #[error("The file is empty")]
    Empty,
    /// More than 10 MiB.
    #[error("The file is larger than 10 MiB. Send the part that the claim rests on, or give a link to it")]
    TooLarge,
    /// The name holds a path, or signs that no name has.
    #[error("The name of the file must be a name alone, without a path in it. Rename the file and choose it again")]
    Name,
    /// A kind that is not taken.
    #[error(
        "The file must be a PDF, a Word document (DOCX), an Excel workbook (XLSX), an OpenDocument text or spreadsheet \
             (ODT, ODS), a CSV table, plain text, or a picture (PNG, JPEG). What this file holds is none of them, whatever its \
             name says"
    )]
    NotListed,
    /// The name says another kind than the content.
    #[error("The name of the file says that it is another kind of file than it is. Save it again under its right name")]
    NameLies,
    /// It unpacks to more than a document holds.
    #[error("The file unpacks to far more than its size. Save it again as a PDF, or send a part of it")]
    TooLargeInside,
    /// It holds programs.
    #[error("The file holds macros. Save it without them and choose it again")]
    Macros,
    /// It is locked with a password.
    #[error("The file is locked with a password. Save it without one and choose it again")]
    Locked,
    /// It cannot be read as what it claims to be.
    #[error("The file is damaged: it cannot be read. Save it again and choose it again")]
    Broken,
    /// Text in another encoding.
    #[error("The file is text, but not in UTF-8. Save it again as UTF-8 and choose it again")]
    Encoding,
}

//! Kinds of evidence, and the kinds of files that are taken.

use crate::domain::text::text_enum;

text_enum! {
    /// Whether evidence stands elsewhere or is kept here.
    pub enum EvidenceKind as "kind of evidence" {
        /// A page or a document on the web, seen on a day.
        Link = "link",
        /// A file that is kept here.
        File = "file",
    }
}

text_enum! {
    /// A kind of file that is taken. Nothing else is: what can run, or can be seen only with a program that few have, is no
    /// evidence for everybody.
    pub enum FileKind as "kind of file" {
        /// A PDF.
        Pdf = "pdf",
        /// A Word document.
        Docx = "docx",
        /// An Excel workbook.
        Xlsx = "xlsx",
        /// An OpenDocument text.
        Odt = "odt",
        /// An OpenDocument spreadsheet.
        Ods = "ods",
        /// A table as text.
        Csv = "csv",
        /// Plain text.
        Text = "txt",
        /// A picture without loss.
        Png = "png",
        /// A photograph.
        Jpeg = "jpg",
    }
}

impl FileKind {
    /// How it is named to programs.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The kind that the end of a file's name claims, if it claims one.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "jpeg" => Some(Self::Jpeg),
            "text" => Some(Self::Text),
            other => other.parse().ok(),
        }
    }

    /// Whether it is a zip file inside.
    #[must_use]
    pub const fn is_container(self) -> bool {
        matches!(self, Self::Docx | Self::Xlsx | Self::Odt | Self::Ods)
    }
}

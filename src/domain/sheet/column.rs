//! The columns of the sheet.

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// Which item: the inquiry's part of an address and the number. It is what a row is known by when it comes back.
    Item,
    /// What people call the inquiry.
    Inquiry,
    /// The recommendation's number.
    Number,
    /// Its title.
    Title,
    /// What the body said last.
    LastValue,
    /// As of when.
    LastOn,
    /// In its words.
    LastWords,
    /// How often it said "no change" since.
    NothingNew,
    /// When the next update is due.
    DueOn,
    /// To fill: where it stands now.
    Value,
    /// To fill: as of when.
    Happened,
    /// To fill: what was done.
    Words,
    /// To fill: why it stopped.
    Reason,
    /// To fill: by when it will be done.
    Target,
}

impl Column {
    /// Every column, in order.
    pub const ALL: [Self; 14] = [
        Self::Item,
        Self::Inquiry,
        Self::Number,
        Self::Title,
        Self::LastValue,
        Self::LastOn,
        Self::LastWords,
        Self::NothingNew,
        Self::DueOn,
        Self::Value,
        Self::Happened,
        Self::Words,
        Self::Reason,
        Self::Target,
    ];

    /// The columns to be filled in.
    pub const TO_FILL: [Self; 5] = [Self::Value, Self::Happened, Self::Words, Self::Reason, Self::Target];

    /// What stands at its head.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Item => "Item (leave as it is)",
            Self::Inquiry => "Inquiry",
            Self::Number => "Number",
            Self::Title => "Title",
            Self::LastValue => "You said last",
            Self::LastOn => "As of",
            Self::LastWords => "In your words",
            Self::NothingNew => "No change since",
            Self::DueOn => "Next update due",
            Self::Value => "Where does it stand now?",
            Self::Happened => "As of which day?",
            Self::Words => "What was done, or is planned?",
            Self::Reason => "If it stopped: why?",
            Self::Target => "Target date, if none is set yet",
        }
    }

    /// The column with this heading; spaces and capitals do not matter.
    #[must_use]
    pub fn of(heading: &str) -> Option<Self> {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let wanted = plain(heading.trim_start_matches('\u{feff}'));
        Self::ALL.into_iter().find(|column| plain(column.heading()) == wanted)
    }
}

//! Progress over time as columns, and bodies side by side, each with the table that says the same.

use super::Link;

/// How far things came over time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// What the chart shows, for those who do not see it.
    pub said: String,
    /// How it stands on the last day.
    pub now: String,
    /// What the chart can know.
    pub rule: String,
    /// The first day and the last one.
    pub ends: [String; 2],
    /// The pieces of all columns, layer by layer from the bottom.
    pub layers: Vec<Layer>,
    /// The numbers of each day, the last first.
    pub rows: Vec<DayRow>,
}

/// One piece of every column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layer {
    /// What it counts.
    pub words: &'static str,
    /// The class of its look.
    pub tone: &'static str,
    /// Whether it is shaded.
    pub is_shaded: bool,
    /// Where it is drawn.
    pub places: Vec<Place>,
}

/// A rectangle: along in hundredths, up in points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Where it begins.
    pub start: String,
    /// How wide it is.
    pub width: String,
    /// Its upper edge.
    pub top: u64,
    /// How high it is.
    pub height: u64,
}

/// The numbers of one day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayRow {
    /// The day.
    pub day: String,
    /// How many answers were said to be done, of how many.
    pub claims: String,
    /// How many of these were confirmed.
    pub confirmed: String,
    /// How many were not.
    pub gap: String,
}

/// The bodies of an inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bodies {
    /// By name.
    pub rows: Vec<BodyRow>,
    /// What is not in the table, and why.
    pub notes: Vec<String>,
}

/// One body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BodyRow {
    /// Its name, with its page.
    pub body: Link,
    /// Answers recorded, silent, and with a target that was moved.
    pub shares: [Share; 3],
}

/// A number of a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// What is counted.
    pub heading: &'static str,
    /// The number as it is printed ("3 of 7"), with the list behind it where there is one.
    pub number: Link,
    /// How wide its mark is, in hundredths; none where nothing is told.
    pub width: Option<String>,
}

//! Measures the palette: text must stand out from what it is on, in the light and in the dark.

use std::collections::BTreeMap;

const PALETTE: &str = include_str!("../../assets/scss/_palette.scss");

/// Text and what it stands on. WCAG 2.2 AA asks for 4.5.
const TEXT: [(&str, &str); 34] = [
    ("text", "body-background"),
    ("text", "template-background"),
    ("text", "surface-background"),
    ("text", "quiet"),
    ("text", "field"),
    ("text", "secondary"),
    ("text", "secondary-hover"),
    ("secondary-text", "body-background"),
    ("secondary-text", "template-background"),
    ("secondary-text", "surface-background"),
    ("secondary-text", "quiet"),
    ("link", "body-background"),
    ("link", "template-background"),
    ("link", "surface-background"),
    ("link", "quiet"),
    ("link-hover", "body-background"),
    ("link-visited", "body-background"),
    ("link-visited", "quiet"),
    ("link-active", "body-background"),
    ("error", "body-background"),
    ("inverse-text", "brand"),
    ("inverse-text", "success"),
    ("button-text", "button"),
    ("button-text", "button-hover"),
    ("button-text", "warning"),
    ("button-text", "warning-hover"),
    ("focus-text", "focus"),
    ("banner-text", "banner"),
    ("link", "banner"),
    ("link-visited", "banner"),
    ("going-ink", "going-paper"),
    ("yes-ink", "yes-paper"),
    ("partly-ink", "partly-paper"),
    ("no-ink", "no-paper"),
];

/// Shapes and edges that mean something. WCAG 2.2 AA asks for 3.
const SHAPES: [(&str, &str); 7] = [
    ("input-border", "body-background"),
    ("input-border", "field"),
    ("error", "field"),
    ("brand", "body-background"),
    ("success", "body-background"),
    ("unknown-ink", "unknown-paper"),
    ("button", "body-background"),
];

/// The colours of one list of the palette, by name.
fn colours(list: &str) -> BTreeMap<&'static str, &'static str> {
    let start = PALETTE.find(&format!("${list}: (")).expect(list);
    let body = PALETTE[start..].split_once(");").expect("an end").0;
    let entry = |line: &'static str| {
        let (name, value) = line.trim().strip_prefix('"')?.split_once("\": #")?;
        Some((name, value.trim_end_matches(',')))
    };
    body.lines().filter_map(entry).collect()
}

/// How bright a colour is, as WCAG defines it.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_and_shapes_stand_out_in_the_light_and_in_the_dark() {
    let mut light = colours("light");
    light.extend(colours("own-light"));
    let mut dark = light.clone();
    dark.extend(colours("dark"));
    dark.extend(colours("own-dark"));
    for (when, palette) in [("light", light), ("dark", dark)] {
        let least = |pairs: &[(&str, &str)], least: f64| {
            for (ink, paper) in pairs {
                let measured = contrast(palette[ink], palette[paper]);
                assert!(measured >= least, "{ink} on {paper} in the {when}: {measured:.2}");
            }
        };
        least(&TEXT, 4.5);
        least(&SHAPES, 3.0);
        assert!(contrast("ffffff", palette["header"]) >= 4.5, "the header in the {when}");
    }
}

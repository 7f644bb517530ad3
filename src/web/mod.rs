//! The doors for people: routes, pages, forms. May import domain, store (reading), service, clock, embed and mail (composing).
//!
//! What every page stands in is `shell`, what every form is made of is `form`, and the pieces between are in `part`; their
//! templates are `templates/layout/` and `templates/part/`.

pub mod form;
pub mod part;
pub mod shell;

#[cfg(test)]
mod specimen;

//! Composition: opens what `config` names and hands it to `web` and `jobs`.

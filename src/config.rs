//! Typed settings, every fault reported at once. The only place that reads the environment.

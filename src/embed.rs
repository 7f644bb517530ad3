//! Static files inside the binary, each with a content hash in its name.

//! Nothing but measurements, in `benches/`: `cargo bench -p padwatch-benches`.

//! How long it takes from a snapshot to the value of the tray menu:
//! `cargo bench -p padwatch-benches --bench menu`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use padwatch_api::dto::snapshot::Condition;
use padwatch_api::tray::examples::{input, row, snapshot};
use padwatch_api::tray::menu::Menu;

fn menus(criterion: &mut Criterion) {
    let mut busy = snapshot(Condition::Watching);
    busy.newest = (0..20)
        .map(|number| {
            row(
                &format!("o{number}"),
                "Maximiliane Freifrau von Hohenstein",
                "Backend",
            )
        })
        .collect();
    let scene = input(&busy, 1_772_532_000_000);
    criterion.bench_function("menu: from a snapshot with 20 pads", |bench| {
        bench.iter(|| Menu::of(black_box(&scene)));
    });
}

criterion_group!(menu, menus);
criterion_main!(menu);

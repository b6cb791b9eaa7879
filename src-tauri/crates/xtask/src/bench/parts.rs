use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::figures::Figure;
use crate::project::Project;
use crate::{cargo, programs};

/// The small parts that run all the time, as Criterion measures them, in ns.
pub(crate) fn measure(project: &Project) -> Result<Vec<Figure>> {
    let mut bench = cargo::cargo(project);
    bench.args(["bench", "--package", "padwatch-benches", "--benches"]);
    programs::run(bench.args(["--", "--quick", "--noplot"]))?;
    let mut figures = Vec::new();
    find(&project.built("criterion"), &mut figures)?;
    figures.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(figures)
}

/// Criterion leaves two files for each measurement in a folder `new`.
fn find(folder: &Path, figures: &mut Vec<Figure>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))? {
        let path = entry?.path();
        if path.ends_with("new") {
            let read = |name: &str| -> Result<Value> {
                Ok(serde_json::from_slice(&fs::read(path.join(name))?)?)
            };
            let (about, times) = (read("benchmark.json")?, read("estimates.json")?);
            figures.push(figure(&about, &times).context("Criterion writes another shape")?);
        } else if path.is_dir() {
            find(&path, figures)?;
        }
    }
    Ok(())
}

fn figure(about: &Value, times: &Value) -> Option<Figure> {
    let name = about.get("full_id")?.as_str()?;
    let ns = times.pointer("/mean/point_estimate")?.as_f64()?;
    Some(Figure::new(&format!("{name} (ns)"), ns.round()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_measurement_is_its_name_and_its_mean() {
        let about = json!({"full_id": "decode/a page"});
        let times = json!({"mean": {"point_estimate": 1234.56}, "median": {"point_estimate": 9}});
        let expected = Figure::new("decode/a page (ns)", 1235.0);
        assert_eq!(figure(&about, &times), Some(expected));
        assert_eq!(figure(&about, &json!({})), None);
    }
}

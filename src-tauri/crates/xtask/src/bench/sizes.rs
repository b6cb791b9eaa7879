use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::bench::figures::Figure;
use crate::package;
use crate::project::Project;

/// How large the programs, the page's scripts and the packages are, in bytes.
pub(crate) fn measure(project: &Project) -> Result<Vec<Figure>> {
    let program = size(project, "padwatch")?;
    let window = size(project, "padwatch-window")?;
    let scripts = scripts(&project.page().join("dist"))?;
    ensure!(!scripts.is_empty(), "the built page has no script");
    let mut gzipped = 0;
    for script in scripts {
        gzipped += gzipped_size(&script)?;
    }
    let mut figures = vec![
        Figure::new("program_bytes", program as f64),
        Figure::new("window_program_bytes", window as f64),
        Figure::new("page_gzip_bytes", gzipped as f64),
    ];
    for package in package::pack(project, None)? {
        let kind = package.extension().unwrap_or_default().to_string_lossy();
        let bytes = fs::metadata(&package)?.len();
        figures.push(Figure::new(&format!("package_{kind}_bytes"), bytes as f64));
    }
    Ok(figures)
}

fn size(project: &Project, program: &str) -> Result<u64> {
    let file = fs::metadata(project.built(&format!("release/{program}")));
    Ok(file.context("there is no program to weigh")?.len())
}

/// Every `.js` below the folder.
fn scripts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(scripts(&path)?);
        } else if path.extension() == Some(OsStr::new("js")) {
            found.push(path);
        }
    }
    Ok(found)
}

fn gzipped_size(file: &Path) -> Result<usize> {
    let zipped = Command::new("gzip")
        .args(["-9", "--stdout"])
        .arg(file)
        .output()?;
    ensure!(zipped.status.success(), "gzip failed on {}", file.display());
    Ok(zipped.stdout.len())
}

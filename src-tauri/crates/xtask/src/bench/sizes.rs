use std::fs;

use anyhow::{Context, Result};

use crate::bench::figures::Figure;
use crate::project::Project;
use crate::{package, weight};

/// How large the programs, the page's scripts and the packages are, in bytes.
pub(crate) fn measure(project: &Project) -> Result<Vec<Figure>> {
    let program = size(project, "padwatch")?;
    let window = size(project, "padwatch-window")?;
    let page = weight::of_page(project)?;
    let mut figures = vec![
        Figure::new("program_bytes", program as f64),
        Figure::new("window_program_bytes", window as f64),
        Figure::new("page_gzip_bytes", page.in_all as f64),
        Figure::new("page_until_list_gzip_bytes", page.until_list as f64),
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

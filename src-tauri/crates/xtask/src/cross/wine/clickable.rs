//! The programs as the tests of the tray run them. Wine 8 doesn't say where a tray icon is, and then
//! tray-icon ignores clicks on it: the copy here asks a library of ours instead, which passes all
//! other questions on to Wine.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::prefix::{compiler, sources};
use crate::programs;
use crate::project::Project;

/// The library's name in the program, and that of ours. Of one length, since one replaces the other.
const WINES: &str = "shell32.dll";
const OURS: &str = "shellpw.dll";
/// What Wine doesn't answer, and what answers it in the library.
const ASKED: &str = "Shell_NotifyIconGetRect";
const ANSWER: &str = "place_of_icon";

/// Lays the programs that were built out in a folder, and gives that folder.
pub(super) fn make(project: &Project, built: &Path) -> Result<PathBuf> {
    let folder = project.built("systems/wine/program");
    fs::create_dir_all(&folder)?;
    fs::copy(
        built.join("WebView2Loader.dll"),
        folder.join("WebView2Loader.dll"),
    )?;
    let window = without_console(fs::read(built.join("padwatch-window.exe"))?)?;
    fs::write(folder.join("padwatch-window.exe"), window)?;
    let program = without_console(fs::read(built.join("padwatch.exe"))?)?;
    let (program, count) = renamed(program, WINES, OURS);
    ensure!(count > 0, "padwatch.exe doesn't ask {WINES} for anything");
    fs::write(folder.join("padwatch.exe"), program)?;

    let mut listing = Command::new("x86_64-w64-mingw32-objdump");
    let listing = programs::answer(listing.arg("-p").arg(built.join("padwatch.exe")))?;
    let asked = asked_of(&listing.context("padwatch.exe can't be read")?, WINES);
    let definition = folder.join("shell.def");
    fs::write(&definition, exports(&asked))?;
    programs::run(
        compiler()
            .args(["-shared", "-o"])
            .arg(folder.join(OURS))
            .arg(sources(project).join("shell.c"))
            .arg(&definition),
    )?;
    programs::run(
        compiler()
            .args(["-municode", "-o"])
            .arg(folder.join("credential.exe"))
            .arg(sources(project).join("credential.c"))
            .arg("-ladvapi32"),
    )?;
    Ok(folder)
}

/// Makes a program one without a console, as a release is: started by Windows itself, it would open one
/// in front of the tray.
fn without_console(mut program: Vec<u8>) -> Result<Vec<u8>> {
    const HEADER_AT: usize = 0x3c;
    // Of the kind of program in the header, which begins with a signature and the file's own header.
    const KIND: usize = 4 + 20 + 68;
    const CONSOLE: u8 = 3;
    const WINDOWS: u8 = 2;
    let header = program.get(HEADER_AT..).and_then(<[u8]>::first_chunk);
    let header = u32::from_le_bytes(*header.context("this is no program for Windows")?);
    let kind = program.get_mut(usize::try_from(header)? + KIND);
    let kind = kind.context("this is no program for Windows")?;
    ensure!(
        matches!(*kind, CONSOLE | WINDOWS),
        "a program is of the unknown kind {kind}"
    );
    *kind = WINDOWS;
    Ok(program)
}

/// Replaces a name by another of the same length, in any case. Says how often it was there.
fn renamed(mut bytes: Vec<u8>, name: &str, other: &str) -> (Vec<u8>, usize) {
    let (length, mut count, mut at) = (name.len(), 0, 0);
    while let Some(part) = bytes.get_mut(at..at + length) {
        if part.eq_ignore_ascii_case(name.as_bytes()) {
            part.copy_from_slice(other.as_bytes());
            count += 1;
        }
        at += 1;
    }
    (bytes, count)
}

/// The functions of a library that a program asks for, as objdump lists them: below `DLL Name:`,
/// lines of address, number and name.
fn asked_of(listing: &str, library: &str) -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    let mut is_it = false;
    for line in listing.lines() {
        if let Some(name) = line.trim().strip_prefix("DLL Name: ") {
            is_it = name.eq_ignore_ascii_case(library);
        }
        let words = line.split_whitespace().collect::<Vec<_>>();
        if let (true, [address, _, name]) = (is_it, &words[..])
            && address.chars().all(|digit| digit.is_ascii_hexdigit())
        {
            asked.insert((*name).to_owned());
        }
    }
    asked
}

/// What the library offers: each function from Wine's, but for one.
fn exports(asked: &BTreeSet<String>) -> String {
    let lines = asked.iter().map(|name| match name.as_str() {
        ASKED => format!("{ASKED} = {ANSWER}\n"),
        name => format!("{name} = shell32.{name}\n"),
    });
    format!("LIBRARY {OURS}\nEXPORTS\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_replaced_wherever_it_is_and_nothing_moves() {
        let (bytes, count) = renamed(b"a SHELL32.dll b shell32.dll".to_vec(), WINES, OURS);
        assert_eq!(bytes, b"a shellpw.dll b shellpw.dll");
        assert_eq!(count, 2);
        assert_eq!(renamed(b"shell".to_vec(), WINES, OURS).1, 0);
    }

    #[test]
    fn a_program_with_a_console_becomes_one_without() {
        let mut program = vec![0; 0x200];
        program[0x3c] = 0x80;
        program[0x80 + 92] = 3;
        assert_eq!(without_console(program).unwrap()[0x80 + 92], 2);
        assert!(without_console(vec![0; 0x200]).is_err());
        assert!(without_console(b"MZ".to_vec()).is_err());
    }

    #[test]
    fn what_a_program_asks_of_a_library_is_passed_on_but_for_one() {
        let listing = "\tDLL Name: USER32.dll\n\tvma:  Hint/Ord Member-Name Bound-To\n\
             \t403d684\t    2  SetFocus\n\n\tDLL Name: SHELL32.dll\n\
             \tvma:  Hint/Ord Member-Name Bound-To\n\t403d684\t    2  DragFinish\n\
             \t403d69a\t   13  Shell_NotifyIconGetRect\n";
        let definition = exports(&asked_of(listing, WINES));
        assert_eq!(
            definition,
            "LIBRARY shellpw.dll\nEXPORTS\nDragFinish = shell32.DragFinish\n\
             Shell_NotifyIconGetRect = place_of_icon\n"
        );
    }
}

//! The installer for Windows, by NSIS, and signing what is in it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};

use crate::project::Project;
use crate::{programs, say};

/// What is installed beside the licenses.
pub(crate) const PROGRAMS: [&str; 3] =
    ["padwatch.exe", "padwatch-window.exe", "WebView2Loader.dll"];
/// The installer's script. In it, `uninstall.exe` is signed by the command that is given as SIGN.
const SCRIPT: &str = "src-tauri/windows/padwatch.nsi";

/// The file with key and certificate (PKCS #12) that programs and installer are signed with; not set:
/// they are unsigned, and Windows warns about the installer.
const CERTIFICATE: &str = "PADWATCH_WINDOWS_CERTIFICATE";
/// The file with that file's password.
const PASSWORD_FILE: &str = "PADWATCH_WINDOWS_CERTIFICATE_PASSWORD_FILE";
/// Who witnesses the time of signing, so that it counts when the certificate has expired.
const TIMESTAMPS: &str = "PADWATCH_WINDOWS_TIMESTAMPS";

/// Puts the programs that were built into a folder of their own.
pub(crate) fn gather(project: &Project, built: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for name in PROGRAMS {
        fs::copy(built.join(name), folder.join(name))
            .with_context(|| format!("{name} wasn't built for Windows"))?;
    }
    // A release has those of others too.
    fs::copy(
        project.root().join("LICENSE-MIT"),
        folder.join("licenses.txt"),
    )?;
    Ok(())
}

/// What goes into an installer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contents<'a> {
    /// The folder with the programs and licenses.
    pub(crate) programs: &'a Path,
    pub(crate) version: &'a str,
    pub(crate) compression: Compression,
}

/// Compressing takes a minute: longer than all that tests do with an installer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    Smallest,
    None,
}

/// Makes the installer.
pub(crate) fn pack(
    project: &Project,
    contents: &Contents<'_>,
    signer: &Signer,
    installer: &Path,
) -> Result<()> {
    fs::create_dir_all(
        installer
            .parent()
            .context("an installer lies in a folder")?,
    )?;
    let mut makensis = Command::new("makensis");
    makensis.args(["-V2", "-WX"]);
    makensis.arg(match contents.compression {
        Compression::Smallest => "-XSetCompressor /SOLID lzma",
        Compression::None => "-XSetCompress off",
    });
    for (name, value) in [
        ("VERSION", Path::new(contents.version)),
        ("FROM", contents.programs),
        ("ICON", &project.root().join("icons/icon.ico")),
        ("OUT", installer),
    ] {
        makensis.arg(format!("-D{name}={}", value.display()));
    }
    if let Some(command) = signer.for_uninstaller()? {
        makensis.arg(format!("-DSIGN={command}"));
    }
    programs::run(makensis.arg(project.root().join(SCRIPT))).context("the installer can't be made")
}

/// Signs programs for Windows, or leaves them as they are.
#[derive(Debug, Default)]
pub(crate) struct Signer(Option<Certificate>);

#[derive(Debug)]
struct Certificate {
    file: PathBuf,
    password_file: Option<PathBuf>,
    timestamps: Option<String>,
}

impl Signer {
    /// As the environment says.
    pub(crate) fn from_environment() -> Result<Self> {
        let given = |name| env::var_os(name).filter(|value| !value.is_empty());
        let Some(file) = given(CERTIFICATE).map(PathBuf::from) else {
            say::line(format_args!(
                "{CERTIFICATE} isn't set, so nothing is signed."
            ));
            return Ok(Self(None));
        };
        ensure!(
            file.is_file(),
            "{CERTIFICATE} names no file: {}",
            file.display()
        );
        Ok(Self(Some(Certificate {
            file,
            password_file: given(PASSWORD_FILE).map(PathBuf::from),
            timestamps: env::var(TIMESTAMPS)
                .ok()
                .filter(|address| !address.is_empty()),
        })))
    }

    /// Signs a program where it is.
    pub(crate) fn sign(&self, program: &Path) -> Result<()> {
        let Some(certificate) = &self.0 else {
            return Ok(());
        };
        let mut signed = program.as_os_str().to_owned();
        signed.push(".signed");
        let mut sign = Command::new("osslsigncode");
        sign.args(certificate.options()?);
        programs::run(sign.arg("-in").arg(program).arg("-out").arg(&signed))?;
        fs::rename(signed, program).map_err(Into::into)
    }

    /// The command that NSIS runs on `uninstall.exe`, which it makes itself; `%1` is its path.
    fn for_uninstaller(&self) -> Result<Option<String>> {
        let Some(certificate) = &self.0 else {
            return Ok(None);
        };
        let options = certificate.options()?.into_iter();
        let quoted = options.map(|word| format!("'{}'", word.replace('\'', r"'\''")));
        let options = quoted.collect::<Vec<_>>().join(" ");
        Ok(Some(format!(
            "osslsigncode {options} -in '%1' -out '%1.signed' && mv '%1.signed' '%1'"
        )))
    }
}

impl Certificate {
    fn options(&self) -> Result<Vec<String>> {
        let text = |path: &Path| {
            let text = path.to_str().map(str::to_owned);
            text.with_context(|| format!("{} is no text", path.display()))
        };
        let mut options = vec!["sign".to_owned(), "-pkcs12".to_owned(), text(&self.file)?];
        if let Some(file) = &self.password_file {
            options.extend(["-readpass".to_owned(), text(file)?]);
        }
        for (option, value) in [("-h", "sha256"), ("-n", "Padwatch")] {
            options.extend([option.to_owned(), value.to_owned()]);
        }
        if let Some(address) = &self.timestamps {
            options.extend(["-ts".to_owned(), address.clone()]);
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_certificate_nothing_is_signed() {
        assert!(Signer::default().for_uninstaller().unwrap().is_none());
        Signer::default()
            .sign(Path::new("/no/such/program.exe"))
            .unwrap();
    }

    #[test]
    fn the_uninstaller_is_signed_as_the_other_programs_are() {
        let signer = Signer(Some(Certificate {
            file: "/c/it's.pfx".into(),
            password_file: Some("/c/password".into()),
            timestamps: Some("http://time.test".to_owned()),
        }));
        assert_eq!(
            signer.for_uninstaller().unwrap().unwrap(),
            r"osslsigncode 'sign' '-pkcs12' '/c/it'\''s.pfx' '-readpass' '/c/password' '-h' 'sha256' '-n' 'Padwatch' '-ts' 'http://time.test' -in '%1' -out '%1.signed' && mv '%1.signed' '%1'"
        );
    }
}

//! Whether a folder lies on a network drive. There, SQLite's journal and the lock of the profile
//! don't work between computers: two could each take themselves for the only one, and create a pad
//! each.

use std::path::Path;

/// Returns true if the folder lies on a network drive. What can't be told counts as this computer's
/// own: so do FUSE drives, whose kind the system doesn't say.
pub(crate) fn is_on_network(folder: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        rustix::fs::statfs(folder)
            .is_ok_and(|drive| u64::try_from(drive.f_type).is_ok_and(is_network_kind))
    }
    #[cfg(target_os = "macos")]
    {
        rustix::fs::statfs(folder).is_ok_and(|drive| drive.f_flags & MNT_LOCAL == 0)
    }
    #[cfg(windows)]
    {
        is_share(folder)
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
    {
        let _ = folder;
        false
    }
}

/// Set by macOS for drives of this computer (`sys/mount.h`).
#[cfg(target_os = "macos")]
const MNT_LOCAL: u32 = 0x1000;

/// The numbers of network file systems (`linux/magic.h`, and those of file systems beside it).
#[cfg(target_os = "linux")]
fn is_network_kind(kind: u64) -> bool {
    const NFS: u64 = 0x6969;
    const SMB: u64 = 0x517B;
    const CIFS: u64 = 0xFF53_4D42;
    const SMB2: u64 = 0xFE53_4D42;
    const AFS: u64 = 0x5346_414F;
    const KERNEL_AFS: u64 = 0x6B41_4653;
    const CODA: u64 = 0x7375_7245;
    const NCP: u64 = 0x564C;
    const CEPH: u64 = 0x00C3_6400;
    const LUSTRE: u64 = 0x0BD0_0BD0;
    matches!(
        kind,
        NFS | SMB | CIFS | SMB2 | AFS | KERNEL_AFS | CODA | NCP | CEPH | LUSTRE
    )
}

/// A share by its name, such as `\\server\people`.
#[cfg(windows)]
fn is_share(folder: &Path) -> bool {
    use std::path::{Component, Prefix};
    let first = folder.components().next();
    matches!(
        first,
        Some(Component::Prefix(prefix))
            if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
    )
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn network_file_systems_are_known_by_their_numbers() {
        for network in [
            0x6969,
            0x517B,
            0xFF53_4D42,
            0xFE53_4D42,
            0x5346_414F,
            0x00C3_6400,
        ] {
            assert!(is_network_kind(network), "{network:x}");
        }
        // ext4, Btrfs, XFS, tmpfs, overlayfs, FUSE, 9P.
        for local in [
            0xEF53,
            0x9123_683E,
            0x5846_5342,
            0x0102_1994,
            0x794C_7630,
            0x6573_5546,
            0x0102_1997,
        ] {
            assert!(!is_network_kind(local), "{local:x}");
        }
    }

    #[test]
    fn this_computers_own_folders_are_no_network_drive() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_on_network(folder.path()));
        assert!(!is_on_network(&folder.path().join("not there")));
    }
}

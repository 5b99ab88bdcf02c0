//! Linux with the GNU C library.

use std::{ffi::CStr, io, ops::Range, ptr};

/// The allocator of the program: jemalloc. The C libraries in it keep that of the system.
pub use tikv_jemallocator::Jemalloc as Allocator;

/// jemalloc's name for "all arenas, give back every page without use".
const PURGE: &CStr = c"arena.4096.purge";

/// Hands back what the allocator keeps though it is free, and lets go of the pages of the program's file, which come
/// back from the page cache when they are used. Takes some milliseconds.
///
/// # Errors
/// When the kernel does not tell about the process's memory, or refuses.
pub fn give_back() -> io::Result<()> {
    purge()?;
    let smaps = std::fs::read_to_string("/proc/self/smaps")?;
    let program = std::fs::read_link("/proc/self/exe")?;
    for range in droppable(&smaps, &program.to_string_lossy()) {
        drop_pages(&range)?;
    }
    Ok(())
}

#[expect(unsafe_code, reason = "a call of the allocator")]
fn purge() -> io::Result<()> {
    // SAFETY: the name ends with NUL, and this control neither reads nor writes a value.
    let refused = unsafe {
        tikv_jemalloc_sys::mallctl(PURGE.as_ptr(), ptr::null_mut(), ptr::null_mut(), ptr::null_mut(), 0)
    };
    if refused == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(refused)) }
}

#[expect(unsafe_code, reason = "a call of the C library")]
fn drop_pages(range: &Range<usize>) -> io::Result<()> {
    // SAFETY: the range is a mapping of the program's own file that cannot be written and of which no page differs
    // from the file (`droppable`), so whatever is read there afterwards is what was there before.
    match unsafe { libc::madvise(range.start as *mut libc::c_void, range.len(), libc::MADV_DONTNEED) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// The mappings of a file that are read or run but never written, and have no page of their own: data that was
/// relocated at start and then sealed has such pages.
fn droppable(smaps: &str, file: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut candidate = None;
    for line in smaps.lines() {
        if let Some((range, rights, path)) = mapping(line) {
            candidate = (rights.starts_with('r') && !rights.contains('w') && path == file).then_some(range);
        } else if let Some(own) = line.strip_prefix("Anonymous:") {
            found.extend(candidate.take().filter(|_| own.trim() == "0 kB"));
        }
    }
    found
}

/// The first line of a mapping: its place, its rights and its file.
fn mapping(line: &str) -> Option<(Range<usize>, &str, &str)> {
    let mut rest = line;
    let mut next = || {
        let (word, after) = rest.split_once(' ')?;
        rest = after.trim_start();
        Some(word)
    };
    let (range, rights, _offset, _device) = (next()?, next()?, next()?, next()?);
    let (start, end) = range.split_once('-')?;
    let range = usize::from_str_radix(start, 16).ok()?..usize::from_str_radix(end, 16).ok()?;
    let path = rest.split_once(' ').map_or("", |(_inode, path)| path.trim_start());
    Some((range, rights, path))
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    use super::*;

    #[global_allocator]
    static ALLOCATOR: Allocator = Allocator;

    const SMAPS: &str = "\
5600-5700 r--p 00000000 fe:00 6545411                    /opt/my heard/heard
Rss:                4236 kB
Anonymous:             0 kB
VmFlags: rd mr mw me sd
5700-5900 r-xp 00100000 fe:00 6545411                    /opt/my heard/heard
Anonymous:             0 kB
5900-5a00 r--p 00300000 fe:00 6545411                    /opt/my heard/heard
Anonymous:          1116 kB
5a00-5b00 rw-p 00400000 fe:00 6545411                    /opt/my heard/heard
Anonymous:             0 kB
5b00-5c00 rw-p 00000000 00:00 0                          [heap]
Anonymous:         13416 kB
7f00-7f10 r-xp 00026000 fe:00 326279                     /usr/lib/libc.so.6
Anonymous:             0 kB
7f20-7f30 ---p 00000000 00:00 0 
Anonymous:             0 kB
";

    #[test]
    fn only_unchanged_pages_of_the_program_are_let_go() {
        assert_eq!(droppable(SMAPS, "/opt/my heard/heard"), [0x5600..0x5700, 0x5700..0x5900]);
        assert!(droppable(SMAPS, "/opt/other").is_empty());
    }

    fn resident() -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    #[test]
    fn memory_goes_back_and_the_program_goes_on() {
        let pieces: Vec<Vec<u8>> = (0..40_000).map(|i| vec![i as u8; 1_000]).collect();
        let kept: Vec<Vec<u8>> =
            pieces.into_iter().enumerate().filter(|(i, _)| i % 100 == 0).map(|p| p.1).collect();
        let before = resident();
        // jemalloc's own thread may be at the same work; then it is done a moment later.
        let gone = (0..500).any(|_| {
            give_back().unwrap();
            std::thread::sleep(std::time::Duration::from_millis(10));
            resident() + 20_000 < before
        });
        assert!(gone, "{} kB after {before} kB", resident());
        assert_eq!(black_box(kept).len(), 400);
        assert_eq!(droppable(SMAPS, "/opt/my heard/heard").len(), 2);
    }
}

//! Log files that customers send.
#![no_main]

use heard_kernel::Timestamp;
use heard_logs::{MAX_LINES_OF_PAGE, Question, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let stored_at = Timestamp::from_millis(1_772_323_200_000);
    let all = Question { limit: Some(MAX_LINES_OF_PAGE), ..Question::default() };
    let Ok(page) = read(data, &all, stored_at) else { return };
    let overview = page.overview.expect("the first page has an overview");
    let levels = overview.levels;
    let counted = levels.error + levels.warn + levels.info + levels.debug + levels.none;
    assert_eq!((counted, page.matched), (overview.entries, overview.entries), "every entry is counted once");
    assert!(overview.entries <= overview.lines && overview.slices.len() <= 60);
    let sliced: usize = overview.slices.iter().map(|slice| slice.counts.error).sum();
    assert!(sliced <= levels.error);
    assert!(page.lines.iter().zip(1..).all(|(line, no)| line.no == no), "no line is left out");
    for pattern in overview.patterns.iter().take(3) {
        let question = Question { pattern: Some(pattern.id.clone()), ..Question::default() };
        let found = read(data, &question, stored_at).expect("it was read before");
        assert_eq!(found.matched, pattern.count, "a pattern finds what it counts");
    }
});

//! What a stored document looks like, and which names are possible.

use heard_kernel::{
    Error, Result,
    calendar::{ArrangementYear, Arrangements, Definition, Label},
    clean_name, clean_text, codes, fold_key,
};

use super::model::{BUILT_IN, CALENDAR_NAME_RESERVED, REGION_INVALID, RESERVED};

/// The longest name of a holiday or an exception.
const NAME: usize = 100;

/// A document as it is stored: names cleaned, the week day by day.
pub(super) fn clean(definition: &Definition) -> Result<Definition> {
    let mut clean = definition.spelled_out();
    clean.name = clean_name("name", &definition.name, NAME)?;
    let taken = |known: &str| fold_key(known) == fold_key(&clean.name);
    if RESERVED.iter().any(|word| taken(word)) {
        return Err(Error::field("name", CALENDAR_NAME_RESERVED).with("value", &clean.name));
    }
    if BUILT_IN.iter().any(|(known, _)| taken(known)) {
        return Err(Error::field("name", codes::ALREADY_EXISTS));
    }
    clean.time_zone = definition.time_zone.trim().to_owned();
    for (index, holiday) in clean.holidays.iter_mut().enumerate() {
        holiday.name = plain(&format!("holidays[{index}].name"), &holiday.name)?;
    }
    for (index, entry) in clean.make_up.iter_mut().enumerate() {
        entry.name = plain(&format!("make_up[{index}].name"), &entry.name)?;
    }
    for (index, exception) in clean.exceptions.iter_mut().enumerate() {
        exception.name = plain(&format!("exceptions[{index}].name"), &exception.name)?;
    }
    Ok(clean)
}

/// A one-line text that may be empty.
fn plain(field: &str, text: &str) -> Result<String> {
    clean_text(field, &text.replace(['\n', '\r', '\t'], " "), NAME)
}

/// Cleans the names of entered years. A name in one language stands for both.
pub(super) fn clean_years(years: &[ArrangementYear]) -> Result<Vec<ArrangementYear>> {
    let mut clean = years.to_vec();
    for (index, year) in clean.iter_mut().enumerate() {
        for (place, rest) in year.rest.iter_mut().enumerate() {
            let field = format!("years[{index}].rest[{place}].name");
            let zh = plain(&format!("{field}.zh"), &rest.name.zh)?;
            let en = plain(&format!("{field}.en"), &rest.name.en)?;
            let or = |one: &str, other: &str| if one.is_empty() { other.to_owned() } else { one.to_owned() };
            let (zh, en) = (or(&zh, &en), or(&en, &zh));
            if zh.is_empty() {
                return Err(Error::field(field, heard_kernel::REQUIRED));
            }
            rest.name = Label { zh: zh.into(), en: en.into() };
        }
    }
    Ok(clean)
}

/// The name of a region: `cn`, `cn-hk`.
pub(super) fn clean_region(text: &str) -> Result<String> {
    let region = text.trim();
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fits = (2..=20).contains(&region.len()) && region.starts_with(|c: char| c.is_ascii_lowercase());
    if fits && region.chars().all(letters) {
        Ok(region.to_owned())
    } else {
        Err(Error::field("region", REGION_INVALID))
    }
}

/// This year and the next one where the arrangement does not have them.
pub(super) fn missing_years(arrangements: &Arrangements, region: Option<&str>, this_year: i32) -> Vec<i32> {
    let Some(arrangement) = region.and_then(|name| arrangements.get(name)) else { return Vec::new() };
    let known: Vec<i32> = arrangement.years().collect();
    [this_year, this_year + 1].into_iter().filter(|year| !known.contains(year)).collect()
}

#[cfg(test)]
mod tests {
    use heard_kernel::calendar::{Holiday, SpanText};

    use super::*;

    fn named(name: &str) -> Definition {
        Definition { name: name.to_owned(), ..Definition::default() }
    }

    #[test]
    fn names_are_cleaned_and_some_are_taken() {
        assert_eq!(clean(&named("  客服  早班 ")).unwrap().name, "客服 早班");
        for (name, code) in [
            ("", "required"),
            ("Preview", "calendar_name_reserved"),
            ("import_ics", "calendar_name_reserved"),
            ("CN-Workday", "already_exists"),
            ("２４x7", "already_exists"),
        ] {
            let error = clean(&named(name)).unwrap_err();
            assert_eq!(error.field_errors()[0].code.id, code, "{name}");
        }
    }

    #[test]
    fn the_week_is_spelled_out() {
        let mut definition = named("x");
        definition
            .week
            .insert("周一-周三".to_owned(), vec![SpanText::from("9:00–18:00"), SpanText::from("?")]);
        definition.week.insert("weekend".to_owned(), Vec::new());
        definition.holidays.push(Holiday::on("2026-12-24", "圣\n诞"));
        let clean = clean(&definition).unwrap();
        let days: Vec<&str> = clean.week.keys().map(String::as_str).collect();
        assert_eq!(days, ["mon", "tue", "wed", "weekend"]);
        assert_eq!(clean.week["tue"], [SpanText::from("09:00-18:00"), SpanText::from("?")]);
        assert_eq!(clean.holidays[0].name, "圣 诞");
    }

    #[test]
    fn regions_are_short_and_plain() {
        assert_eq!(clean_region(" cn-hk ").unwrap(), "cn-hk");
        for bad in ["", "c", "CN", "9a", "cn/hk", "a-very-long-name-of-a-region"] {
            assert!(clean_region(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn this_year_and_the_next_are_missed() {
        let known = Arrangements::builtin();
        assert_eq!(missing_years(&known, Some("cn"), 2026), [2027]);
        assert_eq!(missing_years(&known, Some("cn"), 2024), [0; 0]);
        assert_eq!(missing_years(&known, None, 2050), [0; 0]);
    }
}

//! Currencies by their ISO 4217 codes, and amounts in their minor units.

/// The currencies in use, apart from funds and metals.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD \
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD \
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG \
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD \
    TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW";

/// The currency of an organisation that has chosen none.
pub const USUAL_CURRENCY: &str = "CNY";

/// Whether it is the code of a currency.
#[must_use]
pub fn is_currency(code: &str) -> bool {
    code.len() == 3 && CODES.split(' ').any(|known| known == code)
}

/// How many decimal places the minor unit of a currency has.
#[must_use]
pub fn currency_places(code: &str) -> u32 {
    match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// An amount with its currency, the same in every language: `CNY 1,280.00`.
#[must_use]
pub fn money(minor: i64, code: &str) -> String {
    let places = currency_places(code);
    let unit = 10_u64.pow(places);
    let (whole, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let digits = whole.to_string();
    let mut grouped = String::with_capacity(digits.len() + 8);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if minor < 0 { "-" } else { "" };
    let tail = if places == 0 { String::new() } else { format!(".{rest:0width$}", width = places as usize) };
    format!("{code} {sign}{grouped}{tail}")
}

/// An amount in the unit of its currency, as digits with a point that other programs read: `1280.00`.
#[must_use]
pub fn plain_amount(minor: i64, code: &str) -> String {
    let places = currency_places(code);
    let unit = 10_u64.pow(places);
    let (whole, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let sign = if minor < 0 { "-" } else { "" };
    let tail = if places == 0 { String::new() } else { format!(".{rest:0width$}", width = places as usize) };
    format!("{sign}{whole}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_amounts_are_digits() {
        for (minor, code, text) in [(128_000, "CNY", "1280.00"), (-5, "CNY", "-0.05"), (1_500, "JPY", "1500")]
        {
            assert_eq!(plain_amount(minor, code), text);
        }
    }

    #[test]
    fn amounts_have_the_places_of_their_currency() {
        assert_eq!(money(128_000, "CNY"), "CNY 1,280.00");
        assert_eq!(money(-5, "EUR"), "EUR -0.05");
        assert_eq!(money(1_234_567, "JPY"), "JPY 1,234,567");
        assert_eq!(money(1_005, "KWD"), "KWD 1.005");
        assert_eq!(money(i64::MIN, "CNY"), "CNY -92,233,720,368,547,758.08");
    }

    #[test]
    fn codes_are_whole_and_in_capitals() {
        assert!(is_currency("CNY") && is_currency("ZMW") && is_currency(USUAL_CURRENCY));
        for wrong in ["cny", "", "DEM", "XAU", "CN", "CNY ", "NY A"] {
            assert!(!is_currency(wrong), "{wrong}");
        }
    }
}

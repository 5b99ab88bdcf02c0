use heard_kernel::Timestamp;

use super::*;
use crate::stamp::shown;

fn read(line: &str) -> Option<(Format, Option<String>, Option<Level>, String)> {
    // 2026-03-01T00:00:00Z
    let today = Day::of(Timestamp::from_millis(1_772_323_200_000));
    let head = head(line, today)?;
    let at = head.stamp.map(|stamp| shown(stamp.millis));
    Some((head.format, at, head.level, head.words.into_owned()))
}

fn found(line: &str, format: Format, at: &str, level: Option<Level>, words: &str) {
    let at = (!at.is_empty()).then(|| at.to_owned());
    assert_eq!(read(line), Some((format, at, level, words.to_owned())), "{line}");
}

const AT: &str = "2026-02-03T04:05:06";
const FINE: &str = "2026-02-03T04:05:06.789";

#[test]
fn applications_write_a_time_and_a_level() {
    let error = Some(Level::Error);
    let line = "2026-02-03 04:05:06,789 [main] ERROR c.f.Bar - no";
    found(line, Format::Application, FINE, error, "[main] ERROR c.f.Bar - no");
    let line = "2026-02-03 04:05:06.789  WARN 123 --- [exec-1] c.f.Bar : slow";
    found(line, Format::Application, FINE, Some(Level::Warn), "WARN 123 --- [exec-1] c.f.Bar : slow");
    found("[2026-02-03 04:05:06] local.ERROR: no", Format::Application, AT, None, "local.ERROR: no");
    found("ERROR 2026-02-03T04:05:06Z no", Format::Application, AT, error, "no");
    found("[ERROR] [2026-02-03 04:05:06] no", Format::Application, AT, error, "no");
    found(
        "04:05:06.789 [main] DEBUG c.f - x",
        Format::Application,
        "2026-03-01T04:05:06.789",
        Some(Level::Debug),
        "[main] DEBUG c.f - x",
    );
    found("[WARN] slow", Format::Application, "", Some(Level::Warn), "slow");
    found("INFO:root:up", Format::Application, "", Some(Level::Info), "root:up");
    found(
        "time=\"2026-02-03T04:05:06Z\" level=error msg=\"no way\"",
        Format::Application,
        AT,
        error,
        "no way\"",
    );
}

#[test]
fn servers_and_devices_have_their_formats() {
    let error = Some(Level::Error);
    let line = "Feb  3 04:05:06 web1 sshd[12]: ERROR no";
    found(line, Format::Syslog, AT, error, "web1 sshd[12]: ERROR no");
    found("<34>Feb  3 04:05:06 web1 su: no", Format::Syslog, AT, error, "web1 su: no");
    let line = "<165>1 2026-02-03T04:05:06.789Z web1 app 1 - - up";
    found(line, Format::Syslog, FINE, Some(Level::Info), "web1 app 1 - - up");
    let line =
        "203.0.113.7 - li [03/Feb/2026:04:05:06 +0800] \"GET /a/1?b=2 HTTP/1.1\" 500 12 \"-\" \"curl\"";
    found(line, Format::Access, AT, error, "GET /a/1");
    let line = "2026/02/03 04:05:06 [error] 12#0: *3 open() failed";
    found(line, Format::WebServer, AT, error, "[error] 12#0: *3 open() failed");
    let line = "[Tue Feb 03 04:05:06.789012 2026] [core:warn] [pid 1] odd";
    found(line, Format::WebServer, FINE, Some(Level::Warn), "[core:warn] [pid 1] odd");
    let line = "02-03 04:05:06.789  1234  5678 E Player: no";
    found(line, Format::Android, FINE, error, "E Player: no");
    found(
        "02-03 04:05:06.789 W/Player(1234): odd",
        Format::Android,
        FINE,
        Some(Level::Warn),
        "W/Player(1234): odd",
    );
    found("I/Player( 1234): up", Format::Android, "", Some(Level::Info), "I/Player( 1234): up");
    found(
        "{\"time\":\"2026-02-03T04:05:06Z\",\"level\":\"error\",\"msg\":\"no\"}",
        Format::Json,
        AT,
        error,
        "no",
    );
}

#[test]
fn other_lines_have_no_head() {
    for line in [
        "",
        "\tat com.x.Y.z(Y.java:12)",
        "java.lang.IllegalStateException: closed",
        "Error: x is undefined",
        "Caused by: java.io.IOException",
        "打不开课程",
        "[1, 2, 3]",
        "{\"a\": 1}",
        "[",
        "<",
        "<34>",
        "1",
        "2026",
        "203.0.113.7 - - [x] \"GET / HTTP/1.1\" 500",
        "Errors were few",
    ] {
        assert_eq!(read(line), None, "{line}");
    }
}

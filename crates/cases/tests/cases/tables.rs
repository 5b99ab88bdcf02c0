//! The list of cases as a file for spreadsheets.

use std::io::{Cursor, Read as _};

use heard_cases::{
    cases::CaseQuery,
    table::{self, TableFormat},
};
use heard_kernel::{Actor, Locale};
use heard_testkit::{TestDb, on_both_engines};
use serde_json::{Value, json};

use crate::world::{World, world};

async fn filled(db: TestDb) -> World {
    let w = world(db).await;
    for (index, title) in ["=cmd|' /C calc'!A0", "课程，\"闪退\"", "普通"].into_iter().enumerate() {
        w.at(&format!("09-20 1{index}:30")).await;
        let body = json!({
            "classification": {"type_key": "complaint", "category_key": "crash", "severity_key": "general"},
            "fields": {"title": title, "contact_id": w.contact, "source": "phone"}, "take": index == 0,
        });
        w.opened(body).await;
    }
    w
}

async fn cases_become_comma_separated_values(db: TestDb) {
    let w = filled(db).await;
    let line =
        "GET /case_export?format=csv&columns=number,title,received,owner,source,satisfaction&sort=newest";
    let (status, headers, bytes) = w.raw("chen", line, None, Value::Null).await;
    assert_eq!(status, 200);
    assert!(headers["content-disposition"].to_str().unwrap().contains("cases-2026-09-20.csv"));
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        "\u{FEFF}工单号,标题,收到,负责人,来源,满意度\r\n\
         T-10003,普通,2026-09-20 12:30,,电话,\r\n\
         T-10002,\"课程，\"\"闪退\"\"\",2026-09-20 11:30,,电话,\r\n\
         T-10001,\"'=cmd|' /C calc'!A0\",2026-09-20 10:30,王芳,电话,\r\n"
    );
    let late = json!({"classification": {"type_key": "complaint"}, "received_at": "2026-09-20T10:55:00+08:00",
        "fields": {"title": "来信", "contact_id": w.contact, "source": "letter"}});
    w.opened(late).await;
    let line = "GET /case_export?format=csv&columns=number,delay&view=all&sort=newest&source=letter";
    let (_, _, bytes) = w.raw("chen", line, None, Value::Null).await;
    assert_eq!(String::from_utf8(bytes).unwrap(), "\u{FEFF}工单号,登记用时（分钟）\r\nT-10004,95\r\n");
    let mine = "GET /case_export?format=csv&columns=number&view=mine";
    let (_, _, bytes) = w.raw("wang", mine, None, Value::Null).await;
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "\u{FEFF}工单号\r\nT-10001\r\n",
        "with the filters of the list"
    );
    let (_, _, bytes) = w.raw("chen", "GET /case_export?format=csv", None, Value::Null).await;
    assert!(String::from_utf8(bytes).unwrap().lines().next().unwrap().ends_with("更新,归档"), "all columns");
    let (status, code) =
        w.refused("chen", "GET /case_export?format=csv&columns=number,secret", Value::Null).await;
    assert_eq!((status, code.as_str()), (422, "column_unknown"));
    assert_eq!(w.refused("nobody", "GET /case_export?format=csv", Value::Null).await.0, 403);
    let told = w.ctx.events_after(0, 10_000).await.unwrap();
    let exported: Vec<_> = told.iter().filter(|event| event.kind == "case_table.exported").collect();
    assert_eq!((exported.len(), &exported[0].data["rows"]), (4, &json!(3)));
}

async fn cases_become_a_workbook(db: TestDb) {
    let w = filled(db).await;
    let line = "GET /case_export?format=xlsx&columns=number,title,received,reopened&sort=newest";
    let (status, _, bytes) = w.raw("chen", line, None, Value::Null).await;
    assert_eq!(status, 200);
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    book.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    assert!(sheet.contains("工单号") && sheet.contains("T-10003"));
    assert!(sheet.contains("=cmd|") && !sheet.contains("<f>"), "text stays text");
    // 2026-09-20 12:30 by the clock of the organisation, as days since 1899-12-30.
    assert!(sheet.contains("<v>46285.520833"), "{sheet}");
    assert!(sheet.contains("<pane ySplit=\"1\"") && sheet.contains("<autoFilter ref=\"A1:D4\""), "{sheet}");
    let mut names = String::new();
    book.by_name("xl/workbook.xml").unwrap().read_to_string(&mut names).unwrap();
    assert!(names.contains("name=\"工单\""), "{names}");
}

async fn too_many_are_refused(db: TestDb) {
    let w = filled(db).await;
    let actor = Actor::user(w.chen.0, ["case.read", "case.read_all", "case.export"].into_iter().collect());
    for format in [TableFormat::Csv, TableFormat::Xlsx] {
        let write = |most| table::write(&w.ctx, &actor, Locale::En, format, None, CaseQuery::default(), most);
        let error = write(2).await.unwrap_err();
        assert_eq!((error.code().id, &error.params()["max"]), ("table_too_long", &json!(2)));
        assert!(write(3).await.unwrap().size > 0);
    }
}

on_both_engines!(cases_become_comma_separated_values, cases_become_a_workbook, too_many_are_refused);
